namespace SipGateway.Identity.Tests;

/// <summary>
/// A clock that jumps to the end of each wait, so that a quarter of an hour of polling takes milliseconds and every wait is seen exactly.
/// Timers of one length, the request time-out, never ring.
/// </summary>
public sealed class JumpingTime(DateTimeOffset start, TimeSpan silent) : TimeProvider
{
    private readonly Lock gate = new();
    private DateTimeOffset now = start;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return now;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != silent && dueTime != Timeout.InfiniteTimeSpan)
        {
            lock (gate)
            {
                now += dueTime;
            }

            return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }

        return System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
