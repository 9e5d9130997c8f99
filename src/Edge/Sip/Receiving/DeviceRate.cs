namespace SipGateway.Edge;

/// <summary>
/// How often one account registers. Only requests whose digest was right count: nobody uses up another's rate. Above it comes 503, never a ban.
/// </summary>
internal sealed class DeviceRate
{
    // 1 MB; an account that is pushed out by busier ones begins anew.
    private const int Capacity = 1 << 16;

    private readonly FixedTable arrivals = new(Capacity);
    private readonly TimeProvider time;
    private readonly long startedAt;
    private readonly long interval;
    private readonly long burst;

    public DeviceRate(EdgeSipLimits limits, TimeProvider time)
    {
        this.time = time;
        startedAt = time.GetTimestamp();
        interval = TimeSpan.TicksPerSecond / limits.RegistrationsPerSecondPerDevice;
        burst = interval * limits.RegistrationBurstPerDevice;
    }

    private long Now => time.GetElapsedTime(startedAt).Ticks;

    /// <summary>Whether the account must wait.</summary>
    public bool IsAbove(ReadOnlySpan<byte> sipUser) => arrivals.Read(Key(sipUser)) - Now > burst;

    /// <summary>One registration more, where the rate has room for it.</summary>
    /// <returns>False when the account must wait; then it is not counted.</returns>
    public bool TryCount(ReadOnlySpan<byte> sipUser)
    {
        var now = Now;
        var before = arrivals.Change(
            Key(sipUser), (now, interval, burst), static (at, to) => at - to.now > to.burst ? at : Math.Max(at, to.now) + to.interval);
        return before - now <= burst;
    }

    private static ulong Key(ReadOnlySpan<byte> sipUser) => Fingerprint.Of('d', 0, sipUser);
}
