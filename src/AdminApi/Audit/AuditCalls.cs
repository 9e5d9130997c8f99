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
        var size = PageTokens.Size(request.PageSize);
        var key = PageTokens.Unwrap(request.PageToken, request.Parent);
        await tenants.EnsureThereAsync(tenant);
        var page = await PageTokens.ReadAsync(() => audit.ListAsync(tenant, size, key, context.CancellationToken));
        var response = new ListAuditEventsResponse { NextPageToken = PageTokens.Wrap(page.NextKey, request.Parent) };
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
}
