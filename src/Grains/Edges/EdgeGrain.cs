using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains;

/// <summary>The address book of one edge. Nothing is stored: an edge renews every few seconds, and after a crash that refills it.</summary>
[GrainType("edge")]
internal sealed partial class EdgeGrain(TimeProvider time, ILogger<EdgeGrain> logger) : Grain, IEdgeGrain
{
    private EdgeBook book = EdgeBook.Empty;

    public async Task Renew(EdgeFacts facts, ImmutableArray<IEdgeObserver> observers)
    {
        var next = book.Renew(facts, observers, time.GetUtcNow());
        if (ReferenceEquals(next, book)) return;
        book = next;
        try
        {
            await GrainFactory.GetGrain<IEdgeListGrain>(IEdgeListGrain.Key).Note(book.View!);
        }
        catch (Exception failure) when (failure is OrleansException or TimeoutException)
        {
            // The list is for admins' eyes; phones are reached without it, and the next renewal notes the edge.
            LogListAway(failure, facts.EdgeId);
        }
    }

    public Task<IEdgeObserver?> Find(int shard) => Task.FromResult(book.Find(shard, time.GetUtcNow()));

    public Task<PassedAnswer?> PassOn(PassedRequest request) =>
        book.Find(Shard(request.CallId), time.GetUtcNow()) is { } observer ? Answer(observer, request) : Task.FromResult<PassedAnswer?>(null);

    public Task<EdgeView?> Get() => Task.FromResult(book.IsAlive(time.GetUtcNow()) ? book.View : null);

    public async Task Leave(DateTimeOffset startedAtUtc)
    {
        if (book.View is { } view && view.Facts.StartedAtUtc != startedAtUtc) return;
        book = EdgeBook.Empty;

        // Told even where nothing is known here: the book may be new, its silo gone together with the edge, and the list still has the edge.
        var gone = new EdgeFacts { EdgeId = this.GetPrimaryKeyString(), StartedAtUtc = startedAtUtc, SipEndpoint = "" };
        await GrainFactory.GetGrain<IEdgeListGrain>(IEdgeListGrain.Key).Note(new EdgeView { Facts = gone, RenewedAtUtc = DateTimeOffset.MinValue });
    }

    // Requests of one call keep their order.
    private static int Shard(string callId) => (int)((uint)callId.GetHashCode(StringComparison.Ordinal) % IEdgeGrain.ObserverCount);

    private static async Task<PassedAnswer?> Answer(IEdgeObserver observer, PassedRequest request) => await observer.Take(request);

    [LoggerMessage(EventId = 3201, Level = LogLevel.Warning, Message = "The list of edges could not be told of {Edge}; admins see it after its next renewal.")]
    private partial void LogListAway(Exception failure, string edge);
}
