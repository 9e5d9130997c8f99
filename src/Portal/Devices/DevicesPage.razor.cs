using Microsoft.AspNetCore.Components;
using MudBlazor;
using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <summary>The list of phones.</summary>
public sealed partial class DevicesPage
{
    private const int PageSize = 50;
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(300);

    private readonly Stack<string> _before = new();
    private IReadOnlyList<Device>? _devices;
    private DeviceQuery? _shown;
    private string _page = "";
    private string _next = "";
    private string _typed = "";
    private long _typing;

    [SupplyParameterFromQuery(Name = "tab")]
    private string? TabWord { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    private string? SearchWord { get; set; }

    /// <inheritdoc/>
    protected override TimeSpan Every => TimeSpan.FromSeconds(4);

    private DeviceQuery Query => DeviceQuery.Of(TabWord, SearchWord);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancellation)
    {
        if (_shown != Query)
        {
            // Another list begins with its first page.
            (_shown, _page, _devices) = (Query, "", null);
            _before.Clear();
            // Back and forward move the address alone; what a person is typing stays as it is typed.
            if (_typing == 0 && Query.Search != _typed.Trim())
            {
                _typed = Query.Search;
            }
        }

        var request = new ListDevicesRequest { Parent = Admin.Tenant, PageSize = PageSize, PageToken = _page, Filter = Query.Filter };
        var answer = await Admin.CallAsync(call => Admin.Devices.ListDevicesAsync(request, call), cancellation);
        (_devices, _next) = (answer.Devices, answer.NextPageToken);
    }

    private Task OnAsync()
    {
        _before.Push(_page);
        _page = _next;
        return ReloadAsync();
    }

    private Task BackAsync()
    {
        _page = _before.Pop();
        return ReloadAsync();
    }

    // The address follows when the typing pauses, and the list follows the address.
    private async Task SearchAsync()
    {
        var mine = ++_typing;
        await Task.Delay(TypingPause, Time);
        if (mine == _typing && !Life.IsCancellationRequested)
        {
            _typing = 0;
            Navigation.NavigateTo((Query with { Search = _typed.Trim() }).Path, replace: true);
        }
    }

    private async Task ClaimAsync()
    {
        var dialog = await Dialogs.ShowAsync<ClaimDialog>(Texts.ClaimPhone, new DialogOptions { FullWidth = true, MaxWidth = MaxWidth.ExtraSmall });
        if (await dialog.Result is { Canceled: false, Data: string tail })
        {
            Navigation.NavigateTo(PortalPaths.Device(tail));
        }
    }
}
