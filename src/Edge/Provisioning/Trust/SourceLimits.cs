using System.Net;
using System.Threading.RateLimiting;
using SipGateway.Trust;

namespace SipGateway.Edge;

/// <summary>How often one source, and one phone, may ask.</summary>
internal sealed class SourceLimits(ProvisioningOptions options) : IDisposable
{
    private readonly PartitionedRateLimiter<IPAddress> requests = Make<IPAddress>(options.RequestsPerSource, TimeSpan.FromSeconds(10));
    private readonly PartitionedRateLimiter<IPAddress> bootstraps = Make<IPAddress>(options.BootstrapsPerSource, TimeSpan.FromMinutes(1));
    private readonly PartitionedRateLimiter<string> devices = Make<string>(options.RequestsPerDevice, TimeSpan.FromSeconds(10));

    /// <summary>One more request of this source.</summary>
    public bool MayAsk(IPAddress source) => requests.AttemptAcquire(SourceNetwork.Of(source)).IsAcquired;

    /// <summary>One more bootstrap for this source.</summary>
    public bool MayBootstrap(IPAddress source) => bootstraps.AttemptAcquire(SourceNetwork.Of(source)).IsAcquired;

    /// <summary>
    /// One more grain call for this candidate or device token. Counted by token and not by MAC: anybody can get candidates of any MAC, and
    /// must not use up the allowance of the phone that has it.
    /// </summary>
    public bool MayReach(string tokenRandom) => devices.AttemptAcquire(tokenRandom).IsAcquired;

    /// <inheritdoc/>
    public void Dispose()
    {
        requests.Dispose();
        bootstraps.Dispose();
        devices.Dispose();
    }

    private static PartitionedRateLimiter<T> Make<T>(int permits, TimeSpan window)
        where T : notnull => PartitionedRateLimiter.Create<T, T>(key => RateLimitPartition.GetSlidingWindowLimiter(
            key,
            _ => new SlidingWindowRateLimiterOptions { PermitLimit = permits, Window = window, SegmentsPerWindow = 5, QueueLimit = 0 }));
}
