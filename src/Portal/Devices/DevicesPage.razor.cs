using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;
using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <summary>The list of phones: what it shows, and how one comes from page to page.</summary>
public sealed partial class DevicesPage
{
    private const int PageSize = 50;
    private const string ColumnsKey = "columns";
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(300);

    private readonly Stack<string> _before = new();
    private IReadOnlyList<Device>? _devices;
    private string? _shown;
    private string _page = "";
    private string _next = "";
    private string _typed = "";
    private long _typing;
    private long _needing;

    [SupplyParameterFromQuery(Name = "tab")]
    private string? TabWord { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    private string? SearchWord { get; set; }

    [SupplyParameterFromQuery(Name = "state")]
    private string? StateWord { get; set; }

    [SupplyParameterFromQuery(Name = "connection")]
    private string? ConnectionWord { get; set; }

    [SupplyParameterFromQuery(Name = "trust")]
    private string? TrustWord { get; set; }

    [SupplyParameterFromQuery(Name = "vendor")]
    private string? VendorWord { get; set; }

    [SupplyParameterFromQuery(Name = "model")]
    private string? ModelWord { get; set; }

    [SupplyParameterFromQuery(Name = "firmware")]
    private string? FirmwareWord { get; set; }

    [SupplyParameterFromQuery(Name = "tag")]
    private string? TagWord { get; set; }

    [SupplyParameterFromQuery(Name = "site")]
    private string? SiteWord { get; set; }

    [SupplyParameterFromQuery(Name = "user")]
    private string? UserWord { get; set; }

    [SupplyParameterFromQuery(Name = "attention")]
    private string? AttentionWord { get; set; }

    [SupplyParameterFromQuery(Name = "location")]
    private string? LocationWord { get; set; }

    [SupplyParameterFromQuery(Name = "order")]
    private string? OrderWord { get; set; }

    [SupplyParameterFromQuery(Name = "columns")]
    private string? ColumnWords { get; set; }

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    // Changes are told; read anew is what nobody tells: that a phone is not heard of any more.
    protected override TimeSpan Every => TimeSpan.FromSeconds(30);

    private DeviceQuery Query { get; set; } = new();

    private IReadOnlyList<Device> SeenNow => _devices ?? [];

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync()
    {
        Query = DeviceQuery.Of(TabWord, SearchWord,
        [
            ("state", StateWord), ("connection", ConnectionWord), ("trust", TrustWord), ("vendor", VendorWord), ("model", ModelWord),
            ("firmware", FirmwareWord), ("site", SiteWord), ("user", UserWord), ("location", LocationWord),
            ("attention", AttentionWord), ("tag", TagWord),
        ], OrderWord, ColumnWords);
        return base.OnParametersSetAsync();
    }

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancellation)
    {
        var query = Query;
        var list = (query with { Columns = "" }).Path;
        if (_shown != list)
        {
            // Another list begins with its first page.
            (_shown, _page, _devices) = (list, "", null);
            _before.Clear();
            ClearChosen();
            // Back and forward move the address alone; what a person is typing stays as it is typed.
            if (_typing == 0 && query.Search != _typed.Trim())
            {
                _typed = query.Search;
            }
        }

        await JoinAsync();
        _follower?.BeginReading();
        var started = Time.GetTimestamp();
        var answer = await Admin.PageAsync(query, PageSize, _page, cancellation);
        (_devices, _next) = (answer.Devices, answer.NextPageToken);
        Follow(query, Time.GetElapsedTime(started));
        _needing = await Admin.NeedingAttentionAsync(cancellation);
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

    private async Task GoTo(DeviceQuery wanted)
    {
        if (wanted.Columns != Query.Columns)
        {
            await Script.InvokeVoidAsync("sipgatewayDevices.remember", Life, ColumnsKey, wanted.Columns);
        }

        Navigation.NavigateTo(wanted.Path, replace: wanted.Columns != Query.Columns);
    }

    // Columns that were chosen before are shown again; an address that names some comes first.
    private async Task RecallColumnsAsync()
    {
        if (string.IsNullOrEmpty(ColumnWords))
        {
            var words = await Script.InvokeAsync<string>("sipgatewayDevices.recall", Life, ColumnsKey);
            if (words.Length > 0 && !Life.IsCancellationRequested)
            {
                Navigation.NavigateTo((Query with { Columns = words }).Path, replace: true);
            }
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
