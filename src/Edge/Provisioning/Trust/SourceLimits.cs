using System.Net;
using System.Threading.RateLimiting;

namespace SipGateway.Edge;

/// <summary>How often one source may ask, and whether it walks MACs.</summary>
internal sealed class SourceLimits(ProvisioningOptions options) : IDisposable
{
    private readonly PartitionedRateLimiter<IPAddress> requests = Make(options.RequestsPerSource, TimeSpan.FromSeconds(10));
    private readonly PartitionedRateLimiter<IPAddress> bootstraps = Make(options.BootstrapsPerSource, TimeSpan.FromMinutes(1));

    /// <summary>One more request of this source.</summary>
    public bool MayAsk(IPAddress source) => requests.AttemptAcquire(source).IsAcquired;

    /// <summary>One more bootstrap for this source.</summary>
    public bool MayBootstrap(IPAddress source) => bootstraps.AttemptAcquire(source).IsAcquired;

    /// <inheritdoc/>
    public void Dispose()
    {
        requests.Dispose();
        bootstraps.Dispose();
    }

    private static PartitionedRateLimiter<IPAddress> Make(int permits, TimeSpan window) => PartitionedRateLimiter.Create<IPAddress, IPAddress>(source =>
        RateLimitPartition.GetSlidingWindowLimiter(source, _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = permits, Window = window, SegmentsPerWindow = 5, QueueLimit = 0,
        }));
}
