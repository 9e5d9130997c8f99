using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using SipGateway.Admin.V1;
using SipGateway.Storage;

namespace SipGateway.AdminApi;

/// <summary>The calls about the audit journal.</summary>
internal sealed class AuditCalls(IAuditReader audit, TenantAccess tenants) : Admin.V1.Audit.AuditBase
{
    /// <inheritdoc/>
    public override async Task<ListAuditEventsResponse> ListAuditEvents(ListAuditEventsRequest request, ServerCallContext context)
    {
        var tenant = ResourceNames.Tenant(request.Parent);
        var query = QueryOf(tenant, request);
        await tenants.EnsureThereAsync(tenant);
        var page = await PageTokens.ReadAsync(() => audit.ListAsync(query, context.CancellationToken));
        var response = new ListAuditEventsResponse { NextPageToken = PageTokens.Wrap(page.NextKey, request.Parent, request.Filter) };
        response.AuditEvents.AddRange(page.Items.Select(e => new AuditEvent
        {
            Sequence = e.Sequence,
            Hash = e.Hash,
            CreateTime = Timestamp.FromDateTimeOffset(e.Row.AtUtc),
            Actor = e.Row.Actor,
            Action = e.Row.Action,
            Target = e.Row.Target,
            Outcome = e.Row.Outcome,
            Detail = e.Row.Detail,
        }));
        return response;
    }

    /// <inheritdoc/>
    public override async Task<VerifyAuditChainResponse> VerifyAuditChain(VerifyAuditChainRequest request, ServerCallContext context)
    {
        var broken = await audit.FindFirstBrokenAsync(context.CancellationToken);
        return new VerifyAuditChainResponse { Intact = broken is null, FirstBrokenSequence = broken ?? 0 };
    }

    private static AuditQuery QueryOf(string tenant, ListAuditEventsRequest request)
    {
        var (terms, wrong) = AuditFilterParser.Parse(request.Filter);
        return wrong is not null
            ? throw AdminErrors.Invalid("filter", $"at position {wrong.Position}: {wrong.Message}", "INVALID_FILTER")
            : new AuditQuery
            {
                Tenant = tenant,
                Filter = terms,
                PageSize = PageTokens.Size(request.PageSize),
                PageKey = PageTokens.Unwrap(request.PageToken, request.Parent, request.Filter),
            };
    }
}
