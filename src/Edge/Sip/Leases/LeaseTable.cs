using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge;

/// <summary>The leases of this edge: by SIP user for packets, by device for revocations.</summary>
internal sealed class LeaseTable(EdgeSipLimits limits, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Lease> byUser = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ImmutableArray<Lease>> byMac = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TenantWatch> tenants = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (long Version, long AtTicks)> revoked = new(StringComparer.Ordinal);
    private long informedAtTicks;

    /// <summary>Leases, the closed ones included.</summary>
    public int Count => byUser.Count;

    /// <summary>The tenants whose versions must be followed.</summary>
    public IReadOnlyList<TenantWatch> Tenants => [.. tenants.Values];

    /// <summary>Whether leases may be asked for: only while somebody tells what was revoked, and as long as there is room.</summary>
    public bool IsOpen => IsInformed(time.GetUtcNow().UtcTicks) && byUser.Count < limits.MaxLeases;

    /// <summary>Whether the news is young enough to answer by.</summary>
    public bool IsInformed(long nowTicks) => nowTicks - Volatile.Read(ref informedAtTicks) < limits.LeaseNewsMaxAge.Ticks;

    /// <summary>Everything revoked until now is known.</summary>
    public void Informed() => Volatile.Write(ref informedAtTicks, time.GetUtcNow().UtcTicks);

    /// <summary>The lease of a SIP user, open or closed.</summary>
    public bool TryFind(ReadOnlySpan<byte> sipUser, [NotNullWhen(true)] out Lease? lease)
    {
        // Our own names are shorter, and ASCII; what is not is nobody's.
        Span<char> text = stackalloc char[64];
        lease = null;
        return sipUser.Length <= text.Length && System.Text.Ascii.ToUtf16(sipUser, text, out var length) == System.Buffers.OperationStatus.Done
            && byUser.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..length], out lease);
    }

    /// <summary>The lease of a SIP user, open or closed.</summary>
    public Lease? Find(string sipUser) => byUser.GetValueOrDefault(sipUser);

    /// <summary>The watch on a tenant's version.</summary>
    public TenantWatch Watch(LeaseGrant grant) => tenants.GetOrAdd(grant.Tenant, name => new TenantWatch(name) { Version = grant.TenantVersion });

    /// <summary>Takes a lease, in the place of an older one of the same user. One that was revoked on its way is not taken.</summary>
    public void Add(Lease lease)
    {
        byUser[lease.SipUser] = lease;
        byMac.AddOrUpdate(lease.Mac, [lease], (_, before) => [.. before.Where(l => l.SipUser != lease.SipUser), lease]);

        // Looked at after it was added: a revocation that comes in between finds it, one that came before is found here.
        if (revoked.TryGetValue(lease.Mac, out var revocation) && revocation.Version > lease.Version)
        {
            Close(lease);
        }
    }

    /// <summary>Ends the leases of a device that are older than the revocation.</summary>
    public void Revoke(LeaseRevocation revocation)
    {
        var seen = (revocation.Version, time.GetUtcNow().UtcTicks);
        revoked.AddOrUpdate(revocation.Mac, seen, (_, before) => before.Version > seen.Version ? before : seen);
        foreach (var lease in byMac.GetValueOrDefault(revocation.Mac, []).Where(l => l.Version < revocation.Version))
        {
            Close(lease);
        }
    }

    /// <summary>Ends one lease.</summary>
    /// <returns>The last use that was made of it, as the grain is told; null when there was none. There is none after this.</returns>
    public static LeaseUse? Close(Lease lease)
    {
        lock (lease)
        {
            lease.IsClosed = true;
            return !lease.IsUsed ? null : new LeaseUse
            {
                NonceIssuedAtMs = lease.LastIssuedAtMicroseconds / 1000,
                Nonce = System.Text.Encoding.ASCII.GetString(lease.LastNonce),
                NonceCount = lease.LastCount,
                CSeq = lease.LastCSeq,
                AtUtc = new DateTimeOffset(lease.LastUsedTicks, TimeSpan.Zero),
            };
        }
    }

    /// <summary>Forgets leases whose binding ended, and revocations that no grant on its way can be older than.</summary>
    public void Prune()
    {
        var now = time.GetUtcNow().UtcTicks;
        foreach (var (user, lease) in byUser)
        {
            var ended = Math.Max(lease.LastUsedTicks, lease.ValidUntilTicks) + (lease.ExpiresSeconds * TimeSpan.TicksPerSecond);
            if (ended + limits.NonceLifetime.Ticks < now && byUser.TryRemove(KeyValuePair.Create(user, lease)))
            {
                Forget(lease);
            }
        }

        foreach (var (mac, revocation) in revoked)
        {
            if (revocation.AtTicks + limits.LeaseNewsMaxAge.Ticks < now)
            {
                revoked.TryRemove(KeyValuePair.Create(mac, revocation));
            }
        }
    }

    private void Forget(Lease lease)
    {
        while (byMac.TryGetValue(lease.Mac, out var before))
        {
            var after = before.Remove(lease);
            if (after.IsEmpty ? byMac.TryRemove(KeyValuePair.Create(lease.Mac, before)) : byMac.TryUpdate(lease.Mac, after, before))
            {
                return;
            }
        }
    }
}
