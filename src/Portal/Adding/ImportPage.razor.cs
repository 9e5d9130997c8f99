using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using MudBlazor;
using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <summary>Claims many phones from a table, and says of each row what came of it.</summary>
public sealed partial class ImportPage : IDisposable
{
    // What the API takes: a larger table is imported in parts.
    private const int MaxRows = 10_000;
    private const int MaxBytes = 4 * 1024 * 1024;

    // Rows that were refused stand first; more are read in a spreadsheet.
    private const int MostShown = 500;
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _life = new();
    private IReadOnlyList<ImportRow> _rows = [];
    private string[] _heading = [];
    private string _csv = "";
    private string _fileName = "";
    private string? _trouble;
    private Operation? _operation;
    private bool _isBusy;

    [Inject]
    internal AdminClient Admin { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private int Refused => _rows.Count(r => r.IsRefused);

    private Look ClaimedLook => Look.OfImport(isClaimed: true) with { Word = Texts.ClaimedOf(Numbers.Told(_rows.Count(r => r.IsClaimed))) };

    private Look RefusedLook => Look.OfImport(isClaimed: false) with { Word = Texts.RefusedOf(Numbers.Told(Refused)) };

    /// <inheritdoc/>
    public void Dispose()
    {
        _life.Cancel();
        _life.Dispose();
    }

    private async Task TakeAsync(InputFileChangeEventArgs chosen)
    {
        Forget();
        if (chosen.File.Size > MaxBytes)
        {
            _trouble = Texts.FileTooLarge;
            return;
        }

        try
        {
            await using var file = chosen.File.OpenReadStream(MaxBytes, _life.Token);
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes, _life.Token);
            _fileName = chosen.File.Name;
            _csv = TableText.Decode(bytes.ToArray());
            (_heading, _rows) = ImportRow.Read(_csv, MaxRows);
            _trouble = _rows.Count == 0 ? Texts.NoRows : null;
        }
        catch (Exception e) when (e is IOException or JSException or OperationCanceledException)
        {
            _trouble = Texts.FileNotRead;
        }
    }

    private void Forget() => (_rows, _heading, _csv, _trouble, _operation) = ([], [], "", null, null);

    private async Task ImportAsync()
    {
        (_isBusy, _trouble) = (true, null);
        try
        {
            var operation = _operation = await Admin.ImportAsync(_csv, _life.Token);
            while (!operation.Done)
            {
                StateHasChanged();
                await Task.Delay(LookAgain, Time, _life.Token);
                operation = _operation = await Admin.OperationAsync(operation.Name, _life.Token);
            }

            var results = (operation.Response?.Results ?? []).GroupBy(r => r.Row).ToDictionary(g => g.Key, g => g.First());
            _rows = [.. _rows.Select(r => r with { Result = results.GetValueOrDefault(r.Line) })];
        }
        catch (AdminFailure failure)
        {
            _trouble = failure.Message;
        }
        catch (OperationCanceledException)
        {
            // The page was left; the import goes on.
        }

        _isBusy = false;
    }

    private Task CodesAsync()
    {
        var phones = _rows.Where(r => r.IsClaimed).Select(r => new Device
        {
            Mac = r.Result!.Item, Name = Admin.NameOf(r.Result.Item), Location = r.Location, State = Device.Types.State.WaitingOnActivation,
            Connection = Device.Types.Connection.NeverSeen,
        });
        return BulkDialog.OpenAsync(Dialogs, BulkKind.Codes, [.. phones.Take(BulkRun.MaxDevices)]);
    }

    private Task TemplateAsync() => SaveAsync(
        "phones.csv", [CsvText.Row(["MAC id", "Location"]), CsvText.Row(["00:15:65:AA:BB:CC", Texts.TemplateLocation])]);

    // As they stood, so that they can be mended and imported again; why stands behind.
    private Task RefusedAsync() => SaveAsync(
        "refused.csv",
        [CsvText.Row([.. _heading, Texts.Message]), .. _rows.Where(r => r.IsRefused).Select(r => CsvText.Row([.. r.Cells, r.Result!.Message]))]);

    private Task SaveAsync(string name, string[] rows) => Script.SaveAsync(name, rows.ToAsyncEnumerable(), _life.Token);
}
