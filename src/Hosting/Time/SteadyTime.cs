namespace SipGateway.Hosting;

/// <summary>
/// The time of a process: where it started, and what has passed since by the monotonic clock. A clock that somebody steps does not step it. It
/// is brought near a reference instead, by at most a fiftieth of what passes, so that no second is missing and none comes twice: nonces, codes,
/// bindings and leases live as long as they were given, and at most two parts in a hundred shorter or longer meanwhile.
/// </summary>
public sealed class SteadyTime : TimeProvider
{
    /// <summary>This process's.</summary>
    public static readonly SteadyTime OfThisProcess = new(System);

    /// <summary>A difference that no adjustment explains: the machine slept, or its clock was never set. It is taken at once.</summary>
    public static readonly TimeSpan TakenAtOnce = TimeSpan.FromHours(1);

    private const int SlewDivisor = 50;

    private readonly TimeProvider source;
    private volatile Stretch current;

    /// <summary>Starts at the source's time of day.</summary>
    /// <param name="source">Its timestamps are followed; its time of day counts once, now.</param>
    public SteadyTime(TimeProvider source)
    {
        this.source = source;
        current = new Stretch(source.GetTimestamp(), source.GetUtcNow().UtcTicks, 0);
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => source.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => source.LocalTimeZone;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(TicksAt(current, source.GetTimestamp()), TimeSpan.Zero);

    /// <inheritdoc/>
    public override long GetTimestamp() => source.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        source.CreateTimer(callback, state, dueTime, period);

    /// <summary>Begins anew at this time, as long as nothing was done by the old one.</summary>
    public void Begin(DateTimeOffset reference) => current = new Stretch(source.GetTimestamp(), reference.UtcTicks, 0);

    /// <summary>Goes towards a reference from now on, or takes it when it is further off than <see cref="TakenAtOnce"/>. One caller at a time.</summary>
    /// <returns>How far the reference is ahead.</returns>
    public TimeSpan Approach(DateTimeOffset reference)
    {
        var now = source.GetTimestamp();
        var ticks = TicksAt(current, now);
        var ahead = reference.UtcTicks - ticks;
        current = Math.Abs(ahead) > TakenAtOnce.Ticks ? new Stretch(now, reference.UtcTicks, 0) : new Stretch(now, ticks, ahead);
        return new TimeSpan(ahead);
    }

    private long TicksAt(Stretch stretch, long timestamp)
    {
        var passed = source.GetElapsedTime(stretch.Timestamp, timestamp).Ticks;
        var most = passed / SlewDivisor;
        return stretch.UtcTicks + passed + Math.Clamp(stretch.Missing, -most, most);
    }

    /// <param name="Timestamp">Where it begins, by the monotonic clock.</param>
    /// <param name="UtcTicks">Where it begins, by the time of day.</param>
    /// <param name="Missing">What is made up for bit by bit.</param>
    private sealed record Stretch(long Timestamp, long UtcTicks, long Missing);
}
