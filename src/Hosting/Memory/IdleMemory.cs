using System.Runtime;

namespace SipGateway.Hosting;

/// <summary>Gives memory back to the machine once it is quiet again, after a storm of registrations say.</summary>
internal sealed partial class IdleMemory(TimeProvider time, ILogger<IdleMemory> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var pace = new PeriodicTimer(IdleMemoryRules.LookPause, time);
        var (collected, before, beforeAt) = (default(MemoryMoment), Look(), time.GetTimestamp());
        try
        {
            while (await pace.WaitForNextTickAsync(stoppingToken))
            {
                var (now, nowAt) = (Look(), time.GetTimestamp());
                if (IdleMemoryRules.IsDue(collected, before, now, time.GetElapsedTime(beforeAt, nowAt)))
                {
                    Collect(nowAt);
                    (now, nowAt) = (Look(), time.GetTimestamp());
                    collected = now;
                }

                (before, beforeAt) = (now, nowAt);
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    private static MemoryMoment Look() => new(GC.GetTotalAllocatedBytes(), Environment.CpuUsage.TotalTime);

    private void Collect(long startedAt)
    {
        var committed = GC.GetGCMemoryInfo().TotalCommittedBytes;
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        LogCollected(committed >> 20, GC.GetGCMemoryInfo().TotalCommittedBytes >> 20, time.GetElapsedTime(startedAt).TotalMilliseconds);
    }

    [LoggerMessage(1, LogLevel.Debug, "Quiet again: {BeforeMebibytes} MiB of heap became {AfterMebibytes} in {Milliseconds:f0} ms.")]
    private partial void LogCollected(long beforeMebibytes, long afterMebibytes, double milliseconds);
}
