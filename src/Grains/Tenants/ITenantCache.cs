using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains;

/// <summary>
/// What this silo knows of the tenants, so that a phone's grain need not call the tenant's one grain for each request.
/// <para>
/// How it stays true: a snapshot is at most <see cref="TenantCacheOptions.MaxAge"/> old. The tenant's grain also hands every new version to
/// the cache of its own silo at
/// the moment it is written; the caches of other silos learn of it by age alone. No observer and no broadcast channel: a lost announcement
/// would need the age limit all
/// the same, and a policy may take an hour to reach a phone.
/// </para>
/// </summary>
public interface ITenantCache
{
    /// <summary>The tenant, at most the allowed age old. A tenant that does not exist has <see cref="TenantSnapshot.Exists"/> false and
    /// default settings.</summary>
    /// <param name="tenant">The tenant's name; empty gives a tenant that does not exist, without a call.</param>
    /// <param name="cancellation">Ends the wait, not the look-up that others may share.</param>
    /// <exception cref="Orleans.Runtime.OrleansException">The tenant's grain cannot be reached and nothing young enough is known.</exception>
    ValueTask<TenantSnapshot> GetAsync(string tenant, CancellationToken cancellation = default);

    /// <summary>A version that was just written on this silo; an older one than known is ignored.</summary>
    void Announce(TenantSnapshot snapshot);
}
