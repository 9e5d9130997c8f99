using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace SipGateway.Storage;

/// <summary>Events that no state carries: queued, written together, dropped and counted when there are more than fit.</summary>
internal sealed partial class DeviceEventQueue(
    GroupCommit commit, StorageOptions options, TimeProvider time, StorageMetrics metrics,
        ILogger<DeviceEventQueue> logger) : IDeviceEventWriter
{
    // As many as one transaction takes without keeping the states waiting.
    private const int MaxRowsAtOnce = 1000;
    private readonly Channel<DeviceEventRow> _queue = Channel.CreateBounded<DeviceEventRow>(
        new BoundedChannelOptions(options.MaxQueuedEvents) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private PeriodicWork? _work;

    public void Append(DeviceEventRow row)
    {
        if (!_queue.Writer.TryWrite(row))
            metrics.Dropped("events");
    }

    public void Start()
    {
        _work = new PeriodicWork(options.EventFlushDelay, time, FlushAsync);
        _work.Start();
    }

    public Task StopAsync()
    {
        _queue.Writer.TryComplete();
        return _work?.StopAsync() ?? Task.CompletedTask;
    }

    private async Task FlushAsync()
    {
        while (Take() is { Length: > 0 } rows)
        {
            try
            {
                await commit.WriteAsync(new EventsEntry(rows));
            }
            catch (Exception exception) when (exception is StorageFailedException or WriteOutcomeUnknownException)
            {
                metrics.Dropped("events", rows.Length);
                LogEventsLost(logger, rows.Length, exception.Message);
            }
        }
    }

    private ImmutableArray<DeviceEventRow> Take()
    {
        var rows = ImmutableArray.CreateBuilder<DeviceEventRow>();
        while (rows.Count < MaxRowsAtOnce && _queue.Reader.TryRead(out var row))
            rows.Add(row);
        return rows.ToImmutable();
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "{Rows} timeline events were lost: {Reason}")]
    private static partial void LogEventsLost(ILogger logger, int rows, string reason);
}
