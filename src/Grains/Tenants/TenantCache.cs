using System.Collections.Concurrent;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains;

/// <summary>See <see cref="ITenantCache"/>.</summary>
internal sealed class TenantCache(IGrainFactory grains, TenantCacheOptions options, TimeProvider time) : ITenantCache
{
    /// <summary>Tenant names come from phones, too, so the number of those remembered is bounded; beyond it the old ones are forgotten.</summary>
    private const int MaxTenants = 10_000;

    private readonly ConcurrentDictionary<string, Known> known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task<TenantSnapshot>>> asked = new(StringComparer.Ordinal);

    public ValueTask<TenantSnapshot> GetAsync(string tenant, CancellationToken cancellation = default)
    {
        if (!TenantValidation.IsTenantName(tenant)) return ValueTask.FromResult(new TenantSnapshot { Tenant = tenant, Exists = false });
        if (known.TryGetValue(tenant, out var entry) && time.GetElapsedTime(entry.AskedAt) < options.MaxAge)
            return ValueTask.FromResult(entry.Snapshot);
        // Not on the caller's scheduler: others share the answer, and must not depend on the caller's activation.
        var look = asked.GetOrAdd(tenant, name => new Lazy<Task<TenantSnapshot>>(() => Task.Run(() => AskAsync(name), CancellationToken.None)));
        return new ValueTask<TenantSnapshot>(look.Value.WaitAsync(cancellation));
    }

    public void Announce(TenantSnapshot snapshot) => Keep(snapshot, time.GetTimestamp());

    private async Task<TenantSnapshot> AskAsync(string tenant)
    {
        var askedAt = time.GetTimestamp();
        try
        {
            return Keep(await grains.GetGrain<ITenantGrain>(tenant).GetSnapshot(), askedAt);
        }
        finally
        {
            asked.TryRemove(tenant, out _);
        }
    }

    private TenantSnapshot Keep(TenantSnapshot snapshot, long askedAt)
    {
        if (known.Count >= MaxTenants)
        {
            foreach (var old in known.Where(k => time.GetElapsedTime(k.Value.AskedAt) >= options.MaxAge)) known.TryRemove(old.Key, out _);
        }

        return known.AddOrUpdate(
            snapshot.Tenant,
            new Known(snapshot, askedAt),
            (_, before) => IsNewer(before, snapshot) ? before : new Known(snapshot, askedAt)).Snapshot;
    }

    // Only while it is young: a database that was restored from a backup has lower versions, and is right.
    private bool IsNewer(Known before, TenantSnapshot snapshot) =>
        before.Snapshot.Version > snapshot.Version && time.GetElapsedTime(before.AskedAt) < options.MaxAge;

    private sealed record Known(TenantSnapshot Snapshot, long AskedAt);
}
