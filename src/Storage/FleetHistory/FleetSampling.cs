using Microsoft.Extensions.Logging;

namespace SipGateway.Storage;

/// <summary>
/// Counts every tenant's fleet once in ten minutes, for people who want to see how it was. Of several silos the first does it. Readers count, so that
/// nobody who writes waits.
/// </summary>
internal sealed partial class FleetSampling(
    IStorageEngine engine, FleetHistory history, StorageOptions options, TimeProvider time, ILogger<FleetSampling> logger)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(20);
    private PeriodicWork? _work;

    public void Start()
    {
        _work = new PeriodicWork(LookAgain, time, SampleAsync);
        _work.Start();
    }

    public Task StopAsync() => _work?.StopAsync() ?? Task.CompletedTask;

    private async Task SampleAsync()
    {
        // The end of a process is no time to count.
        if (_work is { IsStopping: true })
            return;
        try
        {
            var now = time.GetUtcNow();
            var step = new DateTimeOffset(now.Ticks - (now.Ticks % FleetSample.Step.Ticks), TimeSpan.Zero);
            if (await history.HasAsync(step, CancellationToken.None))
                return;
            await engine.AddFleetSamplesAsync(await history.CountAsync(step, now, CancellationToken.None), now - options.KeepEvents);
        }
        catch (Exception exception) when (exception is StorageFailedException or WriteOutcomeUnknownException)
        {
            LogNotSampled(logger, exception.Message);
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning,
        Message = "The fleet could not be counted; its history has a gap until it can, which is tried every 20 s: {Reason}")]
    private static partial void LogNotSampled(ILogger logger, string reason);
}
