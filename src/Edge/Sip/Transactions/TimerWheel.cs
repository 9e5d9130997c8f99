using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace SipGateway.Edge;

/// <summary>
/// All protocol timers of an edge on one clock: starting and stopping one costs a list entry, not an operating-system timer. A timer fires
/// up to one tick late, never early.
/// </summary>
internal sealed partial class TimerWheel : IDisposable
{
    /// <summary>A tenth of T1: late enough to batch, early enough for retransmissions.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    private const int SlotCount = 1024;

    private readonly Lock gate = new();
    private readonly List<Entry>?[] slots = new List<Entry>?[SlotCount];
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly long startedAt;
    private readonly ITimer ticker;
    private long done;

    public TimerWheel(TimeProvider time, ILogger<TimerWheel>? logger = null)
    {
        this.time = time;
        this.logger = logger ?? NullLogger<TimerWheel>.Instance;
        startedAt = time.GetTimestamp();
        ticker = time.CreateTimer(_ => Turn(), null, Tick, Tick);
    }

    /// <summary>Calls back once after the delay, unless stopped before.</summary>
    public Entry Start(TimeSpan delay, Action callback)
    {
        var ticks = (long)Math.Ceiling((time.GetElapsedTime(startedAt) + delay) / Tick);
        lock (gate)
        {
            var entry = new Entry(Math.Max(ticks, done + 1), callback);
            (slots[entry.DueTick % SlotCount] ??= []).Add(entry);
            return entry;
        }
    }

    public void Dispose() => ticker.Dispose();

    private void Turn()
    {
        var now = (long)(time.GetElapsedTime(startedAt) / Tick);
        List<Entry>? due = null;
        lock (gate)
        {
            // Each slot is visited once, however far the clock jumped.
            for (var tick = Math.Max(done + 1, now - SlotCount + 1); tick <= now; tick++)
            {
                Collect(slots[tick % SlotCount], now, ref due);
            }

            done = Math.Max(done, now);
        }

        due?.ForEach(Fire);
    }

    private void Fire(Entry entry)
    {
        try
        {
            entry.Fire();
        }
#pragma warning disable CA1031 // On a timer's thread an exception ends the process: one transaction's fault is not every phone's.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogFault(e);
        }
    }

    private static void Collect(List<Entry>? slot, long now, ref List<Entry>? due)
    {
        for (var i = (slot?.Count ?? 0) - 1; i >= 0; i--)
        {
            var entry = slot![i];
            if (entry.DueTick <= now || entry.IsStopped)
            {
                (due ??= []).Add(entry);
                slot[i] = slot[^1];
                slot.RemoveAt(slot.Count - 1);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Error, "A timer's work failed; the other timers go on.")]
    private partial void LogFault(Exception exception);

    /// <summary>A running timer.</summary>
    internal sealed class Entry(long dueTick, Action callback)
    {
        private Action? callback = callback;

        public long DueTick { get; } = dueTick;

        public bool IsStopped => Volatile.Read(ref callback) is null;

        public void Stop() => Interlocked.Exchange(ref callback, null);

        public void Fire() => Interlocked.Exchange(ref callback, null)?.Invoke();
    }
}
