using Microsoft.Extensions.Logging;

namespace SipGateway.Storage;

/// <summary>Deletes what the journals need not keep, a little at a time. Audit rows are never deleted.</summary>
internal sealed partial class JournalPruning(IStorageEngine engine, StorageOptions options, TimeProvider time,
    ILogger<JournalPruning> logger)
{
    // So few that waiting writes notice nothing.
    private const int MaxRowsAtOnce = 1000;
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(5);
    private PeriodicWork? _work;

    public void Start()
    {
        _work = new PeriodicWork(Period, time, PruneAsync);
        _work.Start();
    }

    public Task StopAsync() => _work?.StopAsync() ?? Task.CompletedTask;

    private async Task PruneAsync()
    {
        try
        {
            int rows;
            do
            {
                var now = time.GetUtcNow();
                rows = await engine.PruneAsync(now - options.KeepEvents, now - options.KeepChanges, now - options.KeepRevocations,
                    MaxRowsAtOnce);
            }
            while (rows == MaxRowsAtOnce && _work is { IsStopping: false });
        }
        catch (Exception exception) when (exception is StorageFailedException or WriteOutcomeUnknownException)
        {
            LogPruningFailed(logger, exception.Message);
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning,
        Message = "Old journal rows could not be deleted and wait for the next try: {Reason}")]
    private static partial void LogPruningFailed(ILogger logger, string reason);
}
