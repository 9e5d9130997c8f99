using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using SipGateway.Admin.V1;
using SipGateway.Grains.Interfaces;
using SipGateway.Storage;

namespace SipGateway.AdminApi;

/// <summary>What a policy would become, and what it was.</summary>
internal sealed partial class PoliciesCalls
{
    /// <inheritdoc/>
    public override async Task<PreviewPolicyResponse> PreviewPolicy(PreviewPolicyRequest request, ServerCallContext context)
    {
        var asked = request.Policy ?? new Policy();
        var (tenant, id) = ResourceNames.Named(asked.Name, Collection, "policy.name");
        var snapshot = await tenants.GetAsync(tenant);
        var old = snapshot.Policies.GetValueOrDefault(id) ?? new NamedPolicy { PolicyId = id };
        var policy = PolicyMessages.Merge(id, old, asked, UpdateMask.Of(request.UpdateMask, asked, PolicyMessages.Changeable));
        var preview = await tenants.Grain(tenant).PreviewPolicy(context.Command(tenant, "", validateOnly: true), policy);
        preview.Outcome.ThrowUnlessDone(PolicyMessages.NameOf(tenant, id), "policy");
        var response = new PreviewPolicyResponse { DeviceCount = await CountAsync(snapshot, policy, old, context.CancellationToken) };
        response.Warnings.AddRange(preview.Warnings);
        response.Changes.AddRange(preview.Changes.Select(FromChange));
        return response;
    }

    /// <inheritdoc/>
    public override async Task<ListPolicyRevisionsResponse> ListPolicyRevisions(ListPolicyRevisionsRequest request, ServerCallContext context)
    {
        var (tenant, id) = ResourceNames.Named(request.Name, Collection);
        var snapshot = await tenants.GetAsync(tenant);
        if (!snapshot.Policies.ContainsKey(id)) throw AdminErrors.NotFound(PolicyMessages.NameOf(tenant, id), "POLICY_NOT_FOUND");
        var response = new ListPolicyRevisionsResponse();
        response.Revisions.AddRange((await tenants.Grain(tenant).ListRevisions(id)).Select(r => new ListPolicyRevisionsResponse.Types.Revision
        {
            Revision_ = r.Revision,
            CreateTime = Timestamp.FromDateTimeOffset(r.AtUtc),
            Actor = r.Actor,
            Policy = PolicyMessages.From(tenant, snapshot.Version, r.Policy),
        }));
        return response;
    }

    /// <inheritdoc/>
    public override async Task<Policy> RollbackPolicy(RollbackPolicyRequest request, ServerCallContext context)
    {
        var (tenant, id) = ResourceNames.Named(request.Name, Collection);
        var command = context.Command(tenant, request.RequestId, request.ValidateOnly, request.Etag);
        (await tenants.Grain(tenant).RollbackPolicy(command, id, request.Revision)).ThrowUnlessDone(PolicyMessages.NameOf(tenant, id), "revision");
        var snapshot = await tenants.GetAsync(tenant);
        return PolicyMessages.From(tenant, snapshot.Version, snapshot.Policies[id]);
    }

    private static PreviewPolicyResponse.Types.Change FromChange(PolicyChange change)
    {
        var shown = new PreviewPolicyResponse.Types.Change { Key = change.Key };
        if (change.Before is { } before) shown.Before = before;
        if (change.After is { } after) shown.After = after;
        return shown;
    }

    // Each phone counts once for each way in which it comes to the layer; that two ways meet in one phone is rare and makes the count too high.
    private async Task<long> CountAsync(TenantSnapshot tenant, NamedPolicy policy, NamedPolicy old, CancellationToken cancellation)
    {
        if (policy.PolicyId == PolicyIds.Default) return await CountAsync(tenant.Tenant, [], cancellation);
        var count = 0L;
        foreach (var site in tenant.Sites.Values.Where(s => s.PolicyId == policy.PolicyId))
            count += await CountAsync(tenant.Tenant, [new(DeviceField.Site, FilterOperator.Equal, site.SiteId)], cancellation);
        foreach (var model in policy.Models.Union(old.Models).Select(m => m.Split('/')))
        {
            DeviceFilterTerm vendor = new(DeviceField.Vendor, FilterOperator.Equal, model[0]);
            DeviceFilterTerm[] terms = model[1] == "*" ? [vendor] : [vendor, new(DeviceField.Model, FilterOperator.Equal, model[1])];
            count += await CountAsync(tenant.Tenant, terms, cancellation);
        }

        return count;
    }

    private async Task<long> CountAsync(string tenant, DeviceFilterTerm[] terms, CancellationToken cancellation)
    {
        var query = new DeviceQuery { Tenant = tenant, Filter = [.. terms], PageSize = 1, CountTotal = true, NowUtc = time.GetUtcNow() };
        return (await inventory.ListDevicesAsync(query, cancellation)).Total ?? 0;
    }
}
