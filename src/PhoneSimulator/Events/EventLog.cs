using System.Runtime.CompilerServices;

namespace SipGateway.PhoneSimulator;

/// <summary>The events of one phone in order; waits look back as well as forward, so that no event is missed between two steps.</summary>
internal sealed class EventLog(TimeProvider clock)
{
    /// <summary>Most events kept. Default: 512, some hours of a phone's life; a fleet keeps many logs.</summary>
    private const int MaxEvents = 512;

    private readonly Lock _gate = new();
    private readonly List<PhoneEvent> _events = [];
    private TaskCompletionSource _changed = NewSignal();
    private long _sequence;

    public event Action<PhoneEvent>? Happened;

    public long LastSequence
    {
        get
        {
            lock (_gate)
            {
                return _sequence;
            }
        }
    }

    public IReadOnlyList<PhoneEvent> After(long sequence)
    {
        lock (_gate)
        {
            return [.. _events.Where(happened => happened.Sequence > sequence)];
        }
    }

    public void Add(PhoneEvent happened)
    {
        TaskCompletionSource signal;
        lock (_gate)
        {
            happened.Sequence = ++_sequence;
            happened.AtUtc = clock.GetUtcNow();
            _events.Add(happened);
            if (_events.Count > MaxEvents)
            {
                _events.RemoveRange(0, MaxEvents / 4);
            }

            (signal, _changed) = (_changed, NewSignal());
        }

        Happened?.Invoke(happened);
        signal.TrySetResult();
    }

    public async IAsyncEnumerable<PhoneEvent> ReadAsync(long after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            Task changed;
            IReadOnlyList<PhoneEvent> fresh;
            lock (_gate)
            {
                changed = _changed.Task;
                fresh = [.. _events.Where(happened => happened.Sequence > after)];
            }

            foreach (var happened in fresh)
            {
                yield return happened;
                after = happened.Sequence;
            }

            if (fresh.Count == 0)
            {
                await changed.WaitAsync(cancellation).ConfigureAwait(false);
            }
        }
    }

    public async Task<T> WaitAsync<T>(Func<T, bool>? predicate, TimeSpan timeout, long after, CancellationToken cancellation)
        where T : PhoneEvent
    {
        // The deadline is for people: it runs on the real clock, also where the phone's own clock stands still.
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(timeout);
        try
        {
            await foreach (var happened in ReadAsync(after, deadline.Token).ConfigureAwait(false))
            {
                if (happened is T wanted && predicate?.Invoke(wanted) != false)
                {
                    return wanted;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
        }

        var seen = string.Join(Environment.NewLine, After(after));
        throw new TimeoutException(
            $"The phone did not come to {typeof(T).Name} within {timeout}. Since {after} it saw:{Environment.NewLine}{seen}");
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
