using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge;

/// <summary>One of the 64 ears of an edge. Calls to one ear run one at a time, so it only takes the order and lets it run.</summary>
internal sealed class EdgeObserver(NotifySender sender, FeatureCalls calls) : IEdgeObserver
{
    public Task Notify(NotifyOrder order)
    {
        _ = sender.SendAsync(order);
        return Task.CompletedTask;
    }

    public Task<PassedAnswer> Take(PassedRequest request) => Task.FromResult(calls.OnPassed(request));
}
