using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using SipGateway.Grains.Interfaces;
using SipGateway.Storage;

namespace SipGateway.Silo;

/// <summary>
/// Finds grains whose time has come and calls them, at least once. Each silo reads its own of the 64 shards; a grain that is called moves
/// its due time by a write,
/// and one that fails is called again.
/// </summary>
internal sealed partial class DueWork(
    IDueReader reader,
    IGrainFactory grains,
    IActiveSilos silos,
    SiloOptions options,
    TimeProvider time,
    ILogger<DueWork> logger) : BackgroundService
{
    /// <summary>Rows read in one go; a full page is followed by the next at once.</summary>
    private const int MaxRows = 512;

    /// <summary>Failing grains that are read past; more of them than this, and something is broken that calling others would not mend.</summary>
    private const int MaxReadPast = 10_000;

    private readonly DueBackoff backoff = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await PollAsync(stoppingToken)) continue;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                LogPollFailed(failure);
            }

            await DelayAsync(stoppingToken);
        }
    }

    /// <summary>One look; true when there is more to do at once.</summary>
    private async Task<bool> PollAsync(CancellationToken cancellation)
    {
        var shards = DueShards.Of(silos.Self, silos.List());
        if (shards.Length == 0) return false;
        var now = time.GetUtcNow();
        backoff.Forget(now);
        var limit = MaxRows + Math.Min(backoff.Count, MaxReadPast);
        var due = await reader.ReadAsync(shards, now, limit, cancellation);
        var callable = due.Where(d => backoff.MayCall(d, now)).ToList();
        var succeeded = 0;
        await Parallel.ForEachAsync(
            callable,
            new ParallelOptions { MaxDegreeOfParallelism = options.MaxConcurrentDueCalls, CancellationToken = cancellation },
            async (grain, _) =>
            {
                if (await TryCallAsync(grain)) Interlocked.Increment(ref succeeded);
            });
        return succeeded > 0 && due.Count >= limit;
    }

    private async Task<bool> TryCallAsync(DueGrain due)
    {
        try
        {
            await CallAsync(due);
            lock (backoff) backoff.Succeeded(due);
            return true;
        }
        catch (Exception failure)
        {
            lock (backoff) backoff.Failed(due, time.GetUtcNow());
            LogCallFailed(failure, due.GrainType, due.Key);
            return false;
        }
    }

    private Task CallAsync(DueGrain due) => due.GrainType switch
    {
        "device" => grains.GetGrain<IDeviceGrain>(due.Key).RunDue(),
        "operation" => grains.GetGrain<IOperationGrain>(due.Key).RunDue(),
        "user" => grains.GetGrain<IUserGrain>(due.Key).RunDue(),
        _ => throw new NotSupportedException($"This version does no due work for grains of type '{due.GrainType}'."),
    };

    private async Task DelayAsync(CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(options.DuePollPeriod, time, cancellation);
        }
        catch (OperationCanceledException)
        {
            // Stopping: the loop sees it.
        }
    }

    [LoggerMessage(EventId = 4001, Level = LogLevel.Warning, Message = "Due work could not be read; it is tried again.")]
    private partial void LogPollFailed(Exception failure);

    [LoggerMessage(EventId = 4002, Level = LogLevel.Warning, Message = "Due work of {GrainType} {Key} failed; it is tried again.")]
    private partial void LogCallFailed(Exception failure, string grainType, string key);
}
