namespace SipGateway.Silo;

/// <summary>
/// Whether this process got its turns: a machine that is starved or a collector that pauses makes answers late, and says nothing about whoever
/// was asked.
/// </summary>
internal sealed class StallGuard(TimeProvider time)
{
    /// <summary>How often <see cref="Beat"/> is called.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan After = TimeSpan.FromSeconds(4);

    private readonly Lock gate = new();
    private long beatAt = time.GetTimestamp();
    private long? stalledAt;

    /// <summary>Notes that the turn that was due has come.</summary>
    public void Beat()
    {
        lock (gate)
        {
            var now = time.GetTimestamp();
            if (time.GetElapsedTime(beatAt, now) > Period + Late)
            {
                stalledAt = now;
            }

            beatAt = now;
        }
    }

    /// <summary>Whether a turn came late a moment ago, or one is late now.</summary>
    public bool IsStalled
    {
        get
        {
            lock (gate)
            {
                return time.GetElapsedTime(beatAt) > Period + Late || (stalledAt is { } at && time.GetElapsedTime(at) < After);
            }
        }
    }
}
