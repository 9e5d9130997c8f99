using Grpc.Core;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <summary>One operation, live until it is done; it goes on without anybody looking.</summary>
public sealed partial class OperationPage
{
    // An import has up to 10,000 rows; a page that shows them all is heavy for every phone in a pocket.
    private const int Screenful = 200;

    private Operation? _operation;
    private IReadOnlyList<OperationResponse.Types.Result> _results = [];
    private string? _refusal;
    private string _id = "";
    private int _shown = Screenful;
    private bool _isGone;

    /// <summary>Its id.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    /// <inheritdoc/>
    protected override TimeSpan Every => TimeSpan.FromSeconds(1);

    [SupplyParameterFromQuery(Name = "only")]
    private string? Only { get; set; }

    private int Ended => _results.Count(result => result.Status is not ("PENDING" or "RUNNING"));

    private IEnumerable<OperationResponse.Types.Result> Shown => string.IsNullOrEmpty(Only) ? _results : _results.Where(result => result.Status == Only);

    private IEnumerable<(string Status, int Count)> Counts =>
        [("", _results.Count), .. _results.GroupBy(result => result.Status).Select(g => (g.Key, g.Count()))];

    private string Message =>
        _operation?.Response?.Message is { Length: > 0 } message ? message : _operation?.Error?.Message ?? _operation?.Metadata.Message ?? "";

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancellation)
    {
        if (Id != _id)
        {
            (_id, _operation, _results, _isGone, _shown) = (Id, null, [], false, Screenful);
        }

        if (_isGone || _operation is { Done: true })
        {
            return;
        }

        try
        {
            var request = new GetOperationRequest { Name = Admin.NameIn("operations", Id) };
            var operation = await Admin.CallAsync(call => Admin.Operations.GetOperationAsync(request, call), cancellation);
            (_operation, _results) = (operation, operation.Done ? operation.Response?.Results ?? [] : operation.Metadata.PartialResults);
        }
        catch (AdminFailure failure) when (failure.Code == StatusCode.NotFound)
        {
            _isGone = true;
        }
    }

    private async Task CancelAsync()
    {
        var request = new CancelOperationRequest { Name = _operation!.Name, RequestId = AdminClient.NewRequestId() };
        _refusal = await TryAsync(() => Admin.CallAsync(call => Admin.Operations.CancelOperationAsync(request, call), Life));
        await ReloadAsync();
    }

    private string Here(string status) => status.Length == 0 ? Areas.Operation(Id) : $"{Areas.Operation(Id)}?only={status}";

    private static string WordOf(string status) => LookOf(status).Word;

    private static Look LookOf(string status) => status switch
    {
        "SUCCEEDED" => new(Texts.Succeeded, Icons.Material.Filled.CheckCircle, "good"),
        "FAILED" => new(Texts.Failed, Icons.Material.Filled.Error, "bad"),
        "UNPROVEN" => new(Texts.Unproven, Icons.Material.Filled.HelpOutline, "wait"),
        "CANCELLED" => new(Texts.Cancelled, Icons.Material.Filled.Block, "dull"),
        "RUNNING" => new(Texts.Running, Icons.Material.Filled.Sync, "info"),
        _ => new(Texts.Waiting, Icons.Material.Filled.Schedule, "dull"),
    };
}
