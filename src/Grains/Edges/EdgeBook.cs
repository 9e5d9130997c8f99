using System.Collections.Immutable;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains;

/// <summary>What is known of one edge: pure.</summary>
internal sealed record EdgeBook(EdgeView? View, ImmutableArray<IEdgeObserver> Observers)
{
    /// <summary>An edge that did not renew for so long is away. Default: 2 minutes: it renews every two seconds, but not while all silos are away.</summary>
    public static readonly TimeSpan MaxSilence = TimeSpan.FromMinutes(2);

    public static readonly EdgeBook Empty = new(null, []);

    /// <summary>The book after a renewal; this very one when a later start of the edge is known already.</summary>
    public EdgeBook Renew(EdgeFacts facts, ImmutableArray<IEdgeObserver> observers, DateTimeOffset now)
    {
        var isOutdated = View is { } known && known.Facts.StartedAtUtc > facts.StartedAtUtc && IsAlive(now);
        return isOutdated || observers.IsDefaultOrEmpty ? this : new EdgeBook(new EdgeView { Facts = facts, RenewedAtUtc = now }, observers);
    }

    public bool IsAlive(DateTimeOffset now) => View is { } view && IsRecent(view, now);

    public IEdgeObserver? Find(int shard, DateTimeOffset now) => shard >= 0 && IsAlive(now) ? Observers[shard % Observers.Length] : null;

    public static bool IsRecent(EdgeView view, DateTimeOffset now) => now - view.RenewedAtUtc < MaxSilence;
}
