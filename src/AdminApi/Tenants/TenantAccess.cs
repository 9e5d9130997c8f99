using System.Collections.Concurrent;
using Grpc.Core;
using SipGateway.Grains.Interfaces;

namespace SipGateway.AdminApi;

/// <summary>Reads tenants for calls. A tenant never goes away, so one that was seen need not be asked again.</summary>
internal sealed class TenantAccess(IGrainFactory grains, AdminApiOptions options)
{
    private readonly ConcurrentDictionary<string, bool> _seen = new(StringComparer.Ordinal);

    /// <summary>The grain of a tenant.</summary>
    public ITenantGrain Grain(string tenant) => grains.GetGrain<ITenantGrain>(tenant);

    /// <summary>The tenant as it is.</summary>
    public async Task<TenantSnapshot> GetAsync(string tenant)
    {
        var snapshot = await Grain(tenant).GetSnapshot();
        if (!snapshot.Exists)
        {
            throw AdminErrors.NotFound($"tenants/{tenant}", "TENANT_NOT_FOUND",
                $"Make it: POST /v1/tenants with {{\"tenantId\":\"{tenant}\"}}.");
        }

        _seen.TryAdd(tenant, true);
        return snapshot;
    }

    /// <summary>Refuses a tenant that is not there.</summary>
    public async ValueTask EnsureThereAsync(string tenant)
    {
        if (!_seen.ContainsKey(tenant))
        {
            await GetAsync(tenant);
        }
    }

    /// <summary>Makes the tenant with its first claim, user, policy or site, where that is allowed.</summary>
    public async ValueTask EnsureForWritingAsync(string tenant, ServerCallContext context)
    {
        if (_seen.ContainsKey(tenant))
        {
            return;
        }

        // Whoever may not make tenants makes none by a claim.
        if (!options.MakesTenantsOnFirstUse || !AdminAuthorization.IsAllowed(AdminCaller.Of(context), "", CallRoles.Package + "Tenants/CreateTenant"))
        {
            await GetAsync(tenant);
            return;
        }

        await Grain(tenant).Ensure(context.Command(tenant, ""));
        _seen.TryAdd(tenant, true);
    }
}
