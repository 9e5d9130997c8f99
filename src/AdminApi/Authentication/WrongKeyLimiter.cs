using System.Net;
using System.Threading.RateLimiting;

namespace SipGateway.AdminApi;

/// <summary>Counts wrong keys per address; the right key is never limited, so that nobody locks an administrator out.</summary>
internal sealed class WrongKeyLimiter(AdminApiOptions options) : IDisposable
{
    private readonly PartitionedRateLimiter<IPAddress> _limiter = PartitionedRateLimiter.Create<IPAddress, IPAddress>(address =>
        RateLimitPartition.GetFixedWindowLimiter(address, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = options.WrongKeysPerMinute,
            Window = TimeSpan.FromMinutes(1),
            QueueLimit = 0,
        }));

    /// <summary>False when this address has shown too many.</summary>
    public bool TryNote(IPAddress address)
    {
        using var lease = _limiter.AttemptAcquire(address);
        return lease.IsAcquired;
    }

    /// <inheritdoc/>
    public void Dispose() => _limiter.Dispose();
}
