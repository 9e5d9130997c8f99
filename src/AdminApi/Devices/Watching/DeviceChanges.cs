using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SipGateway.Storage;

namespace SipGateway.AdminApi;

/// <summary>
/// Follows the feed of changes for all who watch devices, once for all of them, and only while somebody does. A row that several watch is read
/// once.
/// </summary>
internal sealed partial class DeviceChanges(IChangeFeed feed, IInventoryReader inventory, TimeProvider time, ILogger<DeviceChanges> logger) : BackgroundService
{
    private const string Devices = "device";

    /// <summary>A person sees nothing sooner; half as often, and a page would lag.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<DeviceWatch, bool> watches = [];
    private long position = long.MaxValue;
    private DateTimeOffset toldAtUtc;

    /// <summary>From now on every change of the tenant's devices comes to the watch, whatever is read meanwhile; end it by disposing.</summary>
    /// <exception cref="Grpc.Core.RpcException">Too many watch.</exception>
    public async Task<DeviceWatch> BeginAsync(string tenant, CancellationToken cancellation)
    {
        if (watches.Count >= AdminApiLimits.MaxWatches)
        {
            throw AdminErrors.Make(
                Grpc.Core.StatusCode.ResourceExhausted, "TOO_MANY_WATCHES", $"{AdminApiLimits.MaxWatches} callers watch devices already. Try again later.");
        }

        var watch = new DeviceWatch(tenant, await feed.ReadNewestSequenceAsync(cancellation), ended => watches.TryRemove(ended, out _));
        watches[watch] = true;
        return watch;
    }

    /// <summary>The devices that changed, each once, as the tenant has them; null for one that it has not.</summary>
    public async Task<IReadOnlyDictionary<string, DeviceRow?>> RowsAsync(string tenant, IEnumerable<Change> changes, CancellationToken cancellation)
    {
        var macs = changes.Where(c => c.GrainType == Devices).Select(c => Grains.Interfaces.LineKey.MacOf(c.Key)).Distinct(StringComparer.Ordinal).ToArray();
        var rows = macs.ToDictionary(mac => mac, _ => (DeviceRow?)null, StringComparer.Ordinal);
        foreach (var some in macs.Chunk(AdminApiLimits.MaxPageSize))
            foreach (var row in await inventory.FindDevicesAsync(tenant, some, cancellation)) rows[row.Mac] = row;
        return rows;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await FollowAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogNotRead(failure);
            }
        }
    }

    private async Task FollowAsync(CancellationToken cancellation)
    {
        if (watches.IsEmpty)
        {
            position = long.MaxValue;
            return;
        }

        // A new one begins where it asked; the others get some changes twice, which does no harm.
        foreach (var watch in watches.Keys.Where(w => w.Join())) position = Math.Min(position, watch.Start);
        while (true)
        {
            var changes = await feed.ReadAsync(position, AdminApiLimits.MaxChangesAtOnce, cancellation);
            if (changes.Count > 0) position = changes[^1].Sequence;
            var now = time.GetUtcNow();
            if (changes.Count == 0 && now - toldAtUtc < AdminApiLimits.WatchTokenPause) return;
            toldAtUtc = now;
            var news = new DeviceNews(position, tenant => RowsAsync(tenant, changes, CancellationToken.None));
            foreach (var watch in watches.Keys) watch.Offer(news);
            if (changes.Count < AdminApiLimits.MaxChangesAtOnce) return;
        }
    }

    [LoggerMessage(EventId = 5301, Level = LogLevel.Warning, Message = "The feed of changes could not be read; who watches devices sees them later.")]
    private partial void LogNotRead(Exception failure);
}

/// <summary>Changes as far as a place in the feed.</summary>
/// <param name="Position">The place.</param>
/// <param name="Read">Reads the rows for a tenant.</param>
internal sealed record DeviceNews(long Position, Func<string, Task<IReadOnlyDictionary<string, DeviceRow?>>> Read)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyDictionary<string, DeviceRow?>>>> rows = new(StringComparer.Ordinal);

    /// <summary>The devices that changed, as the tenant has them now; read once for all who watch the same tenant.</summary>
    public Task<IReadOnlyDictionary<string, DeviceRow?>> RowsOf(string tenant) =>
        rows.GetOrAdd(tenant, name => new Lazy<Task<IReadOnlyDictionary<string, DeviceRow?>>>(() => Read(name))).Value;
}
