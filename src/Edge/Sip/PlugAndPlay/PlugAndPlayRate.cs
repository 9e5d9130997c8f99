using System.Net;

namespace SipGateway.Edge;

/// <summary>How many phones that ask by multicast are answered: each source, and all together. Above it they hear nothing and ask again.</summary>
internal sealed class PlugAndPlayRate
{
    // 64 KB, a large office's phones at once.
    private const int Capacity = 1 << 12;
    private const ulong Everybody = 1;

    private readonly FixedTable sources = new(Capacity);
    private readonly FixedTable all = new(1);
    private readonly TimeProvider time;
    private readonly long startedAt;
    private readonly EdgeSipLimits limits;

    public PlugAndPlayRate(EdgeSipLimits limits, TimeProvider time)
    {
        this.limits = limits;
        this.time = time;
        startedAt = time.GetTimestamp();
    }

    /// <summary>One more answer to this source, where the rates have room for it; if so it is counted.</summary>
    public bool TryCount(IPAddress source)
    {
        var now = time.GetElapsedTime(startedAt).Ticks;
        var perSource = (now, TimeSpan.TicksPerMinute / limits.PlugAndPlayAnswersPerMinutePerSource, limits.PlugAndPlayAnswersPerMinutePerSource);
        var together = (now, TimeSpan.TicksPerSecond / limits.PlugAndPlayAnswersPerSecond, limits.PlugAndPlayAnswersPerSecond);
        return TryCount(sources, SourceKey.Of(source), perSource) && TryCount(all, Everybody, together);
    }

    // A theoretical arrival time (GCRA), as in Admission; the whole allowance may be used at once.
    private static bool TryCount(FixedTable table, ulong key, (long Now, long Interval, int Count) rate)
    {
        var before = table.Change(key, rate, static (at, to) => Lead(at, to) > Burst(to) ? at : Math.Max(at, to.Now) + to.Interval);
        return Lead(before, rate) <= Burst(rate);
    }

    private static long Lead(long at, (long Now, long Interval, int Count) rate) => at - rate.Now;

    private static long Burst((long Now, long Interval, int Count) rate) => rate.Interval * (rate.Count - 1);
}
