using System.Threading.Channels;

namespace SipGateway.AdminApi;

/// <summary>One who watches a tenant's devices.</summary>
/// <param name="tenant">The tenant.</param>
/// <param name="start">The place in the feed from which on changes come.</param>
/// <param name="ended">Called when it ends.</param>
internal sealed class DeviceWatch(string tenant, long start, Action<DeviceWatch> ended) : IDisposable
{
    private readonly Channel<DeviceNews> news = Channel.CreateBounded<DeviceNews>(
        new BoundedChannelOptions(AdminApiLimits.MaxNewsWaiting) { FullMode = BoundedChannelFullMode.Wait });

    private bool hasJoined;

    /// <summary>The tenant.</summary>
    public string Tenant { get; } = tenant;

    /// <summary>The place in the feed from which on changes come.</summary>
    public long Start { get; } = start;

    /// <summary>What changed; ends with an error when the caller takes it too slowly.</summary>
    public IAsyncEnumerable<DeviceNews> ReadAsync(CancellationToken cancellation) => news.Reader.ReadAllAsync(cancellation);

    /// <summary>True the first time.</summary>
    public bool Join()
    {
        if (hasJoined) return false;
        return hasJoined = true;
    }

    /// <summary>Hands it over without waiting: who is too slow is told to resume, and nobody else waits for it.</summary>
    public void Offer(DeviceNews one)
    {
        if (news.Writer.TryWrite(one)) return;
        news.Writer.TryComplete(AdminErrors.Make(
            Grpc.Core.StatusCode.Aborted, "WATCH_TOO_SLOW", "The changes came faster than they were taken. Watch again with the last resume_token."));
    }

    /// <inheritdoc/>
    public void Dispose() => ended(this);
}
