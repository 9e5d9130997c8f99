using System.Threading.Channels;

namespace SipGateway.Storage;

/// <summary>A write that waits for its batch.</summary>
internal sealed class PendingWrite(WriteEntry entry)
{
    private readonly TaskCompletionSource<WriteVerdict> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WriteEntry Entry { get; } = entry;

    public Task<WriteVerdict> Completion => _completion.Task;

    public void Complete(WriteVerdict verdict) => _completion.TrySetResult(verdict);

    public void Fail(Exception exception) => _completion.TrySetException(exception);
}

/// <summary>Makes batches: at most one entry per key, in key order; a second one for the same key waits, in its turn, for the next
/// batch.</summary>
internal sealed class BatchAssembly(int maxRows)
{
    private readonly Queue<PendingWrite> _waiting = new();

    /// <summary>Whether a write waits for the next batch.</summary>
    public bool HasWaiting => _waiting.Count > 0;

    /// <summary>The next batch; empty when nothing waits.</summary>
    public List<PendingWrite> Next(ChannelReader<PendingWrite> incoming)
    {
        var batch = new List<PendingWrite>();
        var keys = new HashSet<StateKey>();
        for (var waiting = _waiting.Count; waiting > 0; waiting--)
            Place(_waiting.Dequeue(), batch, keys);
        // The bound on what waits keeps the queue's own bound meaningful: back-pressure reaches the callers.
        while (batch.Count < maxRows && _waiting.Count < maxRows && incoming.TryRead(out var write))
            Place(write, batch, keys);
        return [.. batch.OrderBy(write => write.Entry.Key is null).ThenBy(write => write.Entry.Key ?? default)];
    }

    private void Place(PendingWrite write, List<PendingWrite> batch, HashSet<StateKey> keys)
    {
        if (batch.Count >= maxRows || (write.Entry.Key is { } key && !keys.Add(key)))
            _waiting.Enqueue(write);
        else
            batch.Add(write);
    }
}
