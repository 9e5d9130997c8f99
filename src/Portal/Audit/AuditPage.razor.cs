using Microsoft.AspNetCore.Components;
using MudBlazor;
using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <summary>Who did what, newest first.</summary>
public sealed partial class AuditPage
{
    private const int PageSize = 50;

    private readonly PageTrail _trail = new();
    private IReadOnlyList<AuditEvent>? _events;
    private AuditSearch.Form _typed = new();
    private AuditSearch? _shown;
    private Look? _chain;
    private bool _isWalking;

    [SupplyParameterFromQuery(Name = "actor")]
    private string? Actor { get; set; }

    [SupplyParameterFromQuery(Name = "kind")]
    private string? Kind { get; set; }

    [SupplyParameterFromQuery(Name = "target")]
    private string? Target { get; set; }

    [SupplyParameterFromQuery(Name = "outcome")]
    private string? Outcome { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    private string? From { get; set; }

    [SupplyParameterFromQuery(Name = "until")]
    private string? Until { get; set; }

    /// <summary>Only the first page changes by itself.</summary>
    protected override TimeSpan Every => TimeSpan.FromSeconds(4);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancellation)
    {
        var search = new AuditSearch(Actor ?? "", Kind ?? "", Target ?? "", Outcome ?? "", From ?? "", Until ?? "");
        if (search != _shown)
        {
            (_shown, _events, _typed) = (search, null, search.ToForm());
            _trail.Restart();
        }

        var request = new ListAuditEventsRequest { Parent = Admin.Tenant, PageSize = PageSize, PageToken = _trail.Token, Filter = search.Filter };
        var answer = await Admin.CallAsync(call => Admin.Audit.ListAuditEventsAsync(request, call), cancellation);
        (_events, _trail.Next) = (answer.AuditEvents, answer.NextPageToken);
    }

    // The list follows the address, so that it can be passed on.
    private void Go() => Navigation.NavigateTo(AuditSearch.Of(_typed).Path);

    // Every hash is computed anew: minutes for a long journal, so only when asked for.
    private async Task VerifyAsync()
    {
        (_isWalking, _chain) = (true, new Look(Texts.ChainWalking, Icons.Material.Filled.HourglassEmpty, "info"));
        var refusal = await TryAsync(async () =>
        {
            var answer = await Admin.CallAsync(call => Admin.Audit.VerifyAuditChainAsync(new VerifyAuditChainRequest(), call), Life);
            _chain = answer.Intact ? new Look(Texts.ChainIntact, Icons.Material.Filled.Verified, "good")
                : new Look(Texts.ChainBroken(Numbers.Told(answer.FirstBrokenSequence)), Icons.Material.Filled.GppBad, "bad");
        });
        _isWalking = false;
        if (refusal is not null)
        {
            (_chain, Trouble) = (null, refusal);
        }
    }

    private static Look LookOf(string outcome) => outcome == "OK" ? new(Texts.AuditDone, Icons.Material.Filled.CheckCircle, "good")
        : new(outcome, Icons.Material.Filled.Block, "bad");
}
