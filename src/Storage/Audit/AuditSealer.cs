using Microsoft.Extensions.Logging;

namespace SipGateway.Storage;

/// <summary>Seals committed audit rows, in order, well within a second of their commit. One per cluster.</summary>
internal sealed partial class AuditSealer(
    IStorageEngine engine, StorageOptions options, TimeProvider time, StorageMetrics metrics, ILogger<AuditSealer> logger)
{
    // A second of the fastest writer in a few bites, so that waiting writes get in between.
    private const int MaxRowsAtOnce = 2000;
    private PeriodicWork? _work;

    public void Start()
    {
        _work = new PeriodicWork(options.AuditSealPeriod, time, SealAsync);
        _work.Start();
    }

    public Task StopAsync() => _work?.StopAsync() ?? Task.CompletedTask;

    private async Task SealAsync()
    {
        try
        {
            int rows;
            do
            {
                rows = await engine.SealAuditAsync(MaxRowsAtOnce);
                metrics.Sealed(rows);
            }
            while (rows == MaxRowsAtOnce);
        }
        catch (Exception exception) when (exception is StorageFailedException or WriteOutcomeUnknownException)
        {
            // The rows are committed; the next tick seals them.
            LogSealingFailed(logger, exception.Message);
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Audit rows could not be sealed and wait for the next try: {Reason}")]
    private static partial void LogSealingFailed(ILogger logger, string reason);
}
