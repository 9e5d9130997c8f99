using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using SipGateway.Admin.V1;
using SipGateway.Grains.Interfaces;
using SipGateway.Storage;

namespace SipGateway.AdminApi;

/// <summary>The calls about policies.</summary>
internal sealed partial class PoliciesCalls(TenantAccess tenants, IInventoryReader inventory, TimeProvider time) : Admin.V1.Policies.PoliciesBase
{
    private const string Collection = "policies";

    /// <inheritdoc/>
    public override async Task<Policy> CreatePolicy(CreatePolicyRequest request, ServerCallContext context)
    {
        var tenant = ResourceNames.Tenant(request.Parent);
        var asked = request.Policy ?? new Policy();
        var id = ResourceNames.Id(asked.PolicyId, "policy_id");
        await tenants.EnsureForWritingAsync(tenant, context);
        var all = UpdateMask.Of(new FieldMask { Paths = { "*" } }, asked, PolicyMessages.Changeable);
        var policy = PolicyMessages.Merge(id, new NamedPolicy { PolicyId = id }, asked, all);
        return await PutAsync(tenant, policy, mustBeNew: true, context.Command(tenant, request.RequestId, request.ValidateOnly));
    }

    /// <inheritdoc/>
    public override async Task<ListPoliciesResponse> ListPolicies(ListPoliciesRequest request, ServerCallContext context)
    {
        var snapshot = await tenants.GetAsync(ResourceNames.Tenant(request.Parent));
        var (items, next) = SnapshotPages.Cut(snapshot.Policies, request.PageSize, request.PageToken, request.Parent);
        var response = new ListPoliciesResponse { NextPageToken = next };
        response.Policies.AddRange(items.Select(p => PolicyMessages.From(snapshot.Tenant, snapshot.Version, p)));
        return response;
    }

    /// <inheritdoc/>
    public override async Task<Policy> GetPolicy(GetPolicyRequest request, ServerCallContext context)
    {
        var (tenant, id) = ResourceNames.Named(request.Name, Collection);
        var snapshot = await tenants.GetAsync(tenant);
        return snapshot.Policies.TryGetValue(id, out var policy)
            ? PolicyMessages.From(tenant, snapshot.Version, policy)
            : throw AdminErrors.NotFound(PolicyMessages.NameOf(tenant, id), "POLICY_NOT_FOUND");
    }

    /// <inheritdoc/>
    public override async Task<Policy> UpdatePolicy(UpdatePolicyRequest request, ServerCallContext context)
    {
        var asked = request.Policy ?? new Policy();
        var (tenant, id) = ResourceNames.Named(asked.Name, Collection, "policy.name");
        if (request.AllowMissing)
        {
            await tenants.EnsureForWritingAsync(tenant, context);
        }

        var snapshot = await tenants.GetAsync(tenant);
        if (!snapshot.Policies.TryGetValue(id, out var old) && !request.AllowMissing)
        {
            throw AdminErrors.NotFound(PolicyMessages.NameOf(tenant, id), "POLICY_NOT_FOUND", "Send allow_missing to have it made.");
        }

        var mask = UpdateMask.Of(request.UpdateMask, asked, PolicyMessages.Changeable);
        var policy = PolicyMessages.Merge(id, old ?? new NamedPolicy { PolicyId = id }, asked, mask);

        // What was read is merged and written whole, so the write holds only for the version that was read.
        var command = context.Command(tenant, request.RequestId, request.ValidateOnly, asked.Etag.Length > 0 ? asked.Etag
            : CommandContexts.EtagOf(snapshot.Version));
        return await PutAsync(tenant, policy, mustBeNew: false, command);
    }

    /// <inheritdoc/>
    public override async Task<Empty> DeletePolicy(DeletePolicyRequest request, ServerCallContext context)
    {
        var (tenant, id) = ResourceNames.Named(request.Name, Collection);
        var command = context.Command(tenant, request.RequestId, request.ValidateOnly, request.Etag);
        (await tenants.Grain(tenant).DeletePolicy(command, id)).ThrowUnlessDone(PolicyMessages.NameOf(tenant, id));
        return new Empty();
    }

    private async Task<Policy> PutAsync(string tenant, NamedPolicy policy, bool mustBeNew, AdminContext command)
    {
        (await tenants.Grain(tenant).PutPolicy(command, policy, mustBeNew)).ThrowUnlessDone(
            PolicyMessages.NameOf(tenant, policy.PolicyId), "policy");
        var snapshot = await tenants.GetAsync(tenant);
        return PolicyMessages.From(tenant, snapshot.Version, command.ValidateOnly ? policy
            : snapshot.Policies.GetValueOrDefault(policy.PolicyId, policy));
    }
}
