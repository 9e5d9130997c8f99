using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace SipGateway.Storage;

/// <summary>
/// Every write of this process goes through here: all that wait join the next batch, one transaction each, one at a time.
/// A caller completes when its entry is on disk.
/// </summary>
internal sealed partial class GroupCommit(IStorageEngine engine, StorageOptions options, StorageMetrics metrics,
    ILogger<GroupCommit> logger)
{
    private readonly Channel<PendingWrite> _queue = Channel.CreateBounded<PendingWrite>(
        new BoundedChannelOptions(options.MaxQueuedWrites) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private readonly BatchAssembly _assembly = new(options.MaxBatchRows);
    private Task _loop = Task.CompletedTask;
    private TimeSpan _pause;
    private long _startedAt;

    /// <summary>Starts to write; once.</summary>
    public void Start() => _loop = Task.Run(RunAsync);

    /// <summary>Takes no more writes, finishes those that wait.</summary>
    public Task StopAsync()
    {
        _queue.Writer.TryComplete();
        return _loop;
    }

    /// <summary>Writes one entry.</summary>
    /// <param name="entry">What to write.</param>
    /// <param name="cancellation">Ends the wait for room in the queue, not the write: once queued its outcome is told.</param>
    public async Task<WriteVerdict> WriteAsync(WriteEntry entry, CancellationToken cancellation = default)
    {
        EntryRules.Check(entry);
        var write = new PendingWrite(entry);
        try
        {
            await _queue.Writer.WriteAsync(write, cancellation);
        }
        catch (ChannelClosedException)
        {
            throw new StorageFailedException("The gateway is stopping and takes no more writes. Try again when it is back.");
        }

        return await write.Completion;
    }

    private async Task RunAsync()
    {
        while (_assembly.HasWaiting || await _queue.Reader.WaitToReadAsync())
        {
            await GatherAsync();
            var batch = _assembly.Next(_queue.Reader);
            if (batch.Count > 0)
                await CommitAsync(batch);
        }
    }

    /// <summary>Where writers come side by side, a transaction waits for company: it costs the same for one as for ten. Who writes alone does
    /// not wait.</summary>
    private Task GatherAsync()
    {
        var rest = _pause - Stopwatch.GetElapsedTime(_startedAt);
        return rest > TimeSpan.Zero ? Task.Delay(rest) : Task.CompletedTask;
    }

    private async Task CommitAsync(List<PendingWrite> batch)
    {
        var started = _startedAt = Stopwatch.GetTimestamp();
        _pause = batch.Count > 1 ? options.CommitPause : TimeSpan.Zero;
        try
        {
            var verdicts = await engine.CommitAsync(batch.ConvertAll(write => write.Entry));
            metrics.Committed(batch.Count, Stopwatch.GetElapsedTime(started));
            for (var i = 0; i < verdicts.Length; i++)
                Tell(batch[i], verdicts[i]);
            if (verdicts.OfType<WriteVerdict.Failed>().ToList() is [var first, ..] failed)
                NoteFailed(failed.Count, first.Exception);
        }
        catch (Exception exception)
        {
            NoteFailed(batch.Count, exception);
            foreach (var write in batch)
                write.Fail(exception);
        }
    }

    private static void Tell(PendingWrite write, WriteVerdict verdict)
    {
        if (verdict is WriteVerdict.Failed failed)
            write.Fail(failed.Exception);
        else
            write.Complete(verdict);
    }

    private void NoteFailed(int rows, Exception exception)
    {
        metrics.Failed(rows, exception);
        LogBatchFailed(logger, rows, exception.Message, exception);
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "{Rows} writes failed together: {Reason}")]
    private static partial void LogBatchFailed(ILogger logger, int rows, string reason, Exception exception);
}
