namespace SipGateway.Hosting;

/// <summary>What the process looked like at one moment.</summary>
/// <param name="AllocatedBytes">Allocated since the start, what is garbage by now included.</param>
/// <param name="CpuTime">Used since the start, by all threads.</param>
internal readonly record struct MemoryMoment(long AllocatedBytes, TimeSpan CpuTime);

/// <summary>When memory that a busy hour left behind is given back. A collector runs when something is allocated, so an idle process
/// keeps what its busiest minute needed for as long as it stays idle.</summary>
internal static class IdleMemoryRules
{
    /// <summary>How often it is looked at, and how long the quiet before must have been.</summary>
    public static readonly TimeSpan LookPause = TimeSpan.FromSeconds(30);

    /// <summary>The share of one core above which a process is at work: phones would wait for the collection. A gateway whose phones only
    /// refresh uses a hundredth.</summary>
    public const double MaxCpuShare = 0.1;

    /// <summary>Less than this is not worth a collection.</summary>
    public const long MinAllocatedBytes = 128L * 1024 * 1024;

    /// <summary>Whether to collect now.</summary>
    /// <param name="collected">When it was collected last, or the start.</param>
    /// <param name="before">The look before.</param>
    /// <param name="now">This look.</param>
    /// <param name="elapsed">The time between the two looks.</param>
    public static bool IsDue(MemoryMoment collected, MemoryMoment before, MemoryMoment now, TimeSpan elapsed) =>
        now.AllocatedBytes - collected.AllocatedBytes >= MinAllocatedBytes && (now.CpuTime - before.CpuTime) / elapsed <= MaxCpuShare;
}
