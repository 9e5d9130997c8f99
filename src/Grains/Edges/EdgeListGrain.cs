using System.Collections.Immutable;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains;

/// <summary>Who are the edges; nothing is stored, renewals refill it.</summary>
[GrainType("edges")]
internal sealed class EdgeListGrain(TimeProvider time) : Grain, IEdgeListGrain
{
    private readonly Dictionary<string, EdgeView> edges = new(StringComparer.Ordinal);

    public Task Note(EdgeView edge)
    {
        if (EdgeBook.IsRecent(edge, time.GetUtcNow())) edges[edge.Facts.EdgeId] = edge;
        else if (edges.TryGetValue(edge.Facts.EdgeId, out var known) && known.Facts.StartedAtUtc == edge.Facts.StartedAtUtc)
            edges.Remove(edge.Facts.EdgeId);
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<EdgeView>> List()
    {
        var now = time.GetUtcNow();
        foreach (var gone in edges.Where(e => !EdgeBook.IsRecent(e.Value, now)).Select(e => e.Key).ToList()) edges.Remove(gone);
        return Task.FromResult(edges.Values.OrderBy(e => e.Facts.EdgeId, StringComparer.Ordinal).ToImmutableArray());
    }
}
