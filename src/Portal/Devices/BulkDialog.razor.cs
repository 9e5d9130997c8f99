using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;
using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <summary>One thing done with many phones: the preview, the run and the results.</summary>
public sealed partial class BulkDialog : IDisposable
{
    private const int MostNamed = 8;
    private static readonly TimeSpan DrawAgain = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _life = new();
    private IReadOnlyList<Device>? _devices;
    private IReadOnlyList<(string Id, string Name)> _sites = [];
    private BulkRun? _run;
    private string? _trouble;
    private IReadOnlyList<string> _tags = [];
    private string _site = "";
    private string _added = "";
    private string _removed = "";
    private string _typed = "";
    private bool _isCut;

    /// <summary>What is done.</summary>
    [Parameter]
    public BulkKind Kind { get; set; }

    /// <summary>The phones; null for all that match.</summary>
    [Parameter]
    public object? Chosen { get; set; }

    /// <summary>Which match.</summary>
    [Parameter]
    public object? Query { get; set; }

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    [Inject]
    internal AdminClient Admin { get; set; } = null!;

    [Inject]
    internal CodeSheet Sheet { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private bool IsReady => _devices is { Count: > 0 } && Kind switch
    {
        BulkKind.Delete => _typed.Trim() == Digits,
        BulkKind.Tag => TagsIn(_added).Length + TagsIn(_removed).Length > 0,
        _ => true,
    };

    private string Digits => _devices!.Count.ToString(CultureInfo.InvariantCulture);

    /// <summary>Opens it.</summary>
    /// <param name="dialogs">Where.</param>
    /// <param name="kind">What is done.</param>
    /// <param name="chosen">The phones; null for all that match.</param>
    /// <param name="query">Which match; may be null where phones are given.</param>
    internal static Task<IDialogReference> OpenAsync(IDialogService dialogs, BulkKind kind, IReadOnlyList<Device>? chosen, DeviceQuery? query = null)
    {
        var parameters = new DialogParameters<BulkDialog>
        {
            { dialog => dialog.Kind, kind }, { dialog => dialog.Chosen, chosen }, { dialog => dialog.Query, query },
        };
        var options = new DialogOptions { FullWidth = true, MaxWidth = MaxWidth.Small, BackdropClick = false };
        return dialogs.ShowAsync<BulkDialog>(BulkKinds.Label(kind), parameters, options);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _life.Cancel();
        _life.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        try
        {
            if (Kind == BulkKind.Move)
            {
                _sites = await Admin.SiteChoicesAsync(_life.Token);
            }

            if (Kind == BulkKind.Tag)
            {
                _tags = await Admin.TagsAsync(_life.Token);
            }

            _devices = (IReadOnlyList<Device>?)Chosen ?? await AllAsync();
        }
        catch (AdminFailure failure)
        {
            _trouble = failure.Message;
        }
        catch (OperationCanceledException)
        {
            // It was closed.
        }
    }

    private async Task<IReadOnlyList<Device>> AllAsync()
    {
        var all = new List<Device>();
        await foreach (var device in Admin.AllAsync((DeviceQuery)Query!, BulkRun.MaxDevices + 1, _life.Token))
        {
            all.Add(device);
        }

        _isCut = all.Count > BulkRun.MaxDevices;
        return all[..Math.Min(all.Count, BulkRun.MaxDevices)];
    }

    private async Task RunAsync()
    {
        _run = new BulkRun(Admin, Kind, _devices!, new BulkDetails(_site, TagsIn(_added), TagsIn(_removed)), Time);
        var running = _run.RunAsync(_life.Token);
        while (!running.IsCompleted)
        {
            await Task.WhenAny(running, Task.Delay(DrawAgain, Time));
            StateHasChanged();
        }

        await running;
    }

    private static string[] TagsIn(string typed) => typed.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private void Print()
    {
        Sheet.Put(_run!.Rows.Where(r => r.Code.Length > 0));
        Dialog.Close(DialogResult.Cancel());
        Navigation.NavigateTo(PortalPaths.Codes);
    }

    private Task SaveAsync() => Script.SaveAsync("results.csv", ResultsAsync(), _life.Token);

    private async IAsyncEnumerable<string> ResultsAsync()
    {
        await Task.CompletedTask;
        yield return CsvText.Row(["MAC id", "Location", Texts.Result, Texts.Code, Texts.Message]);
        foreach (var row in _run!.Rows)
        {
            yield return CsvText.Row([row.Device.Mac, row.Device.Location, Look.Of(row.Progress).Word, row.Code, row.Message]);
        }
    }
}
