using AwesomeAssertions;
using Xunit;

namespace SipGateway.Hosting.Tests;

public class IdleMemoryTests
{
    private const long Much = IdleMemoryRules.MinAllocatedBytes;

    private static readonly TimeSpan Pause = IdleMemoryRules.LookPause;

    [Theory]
    [InlineData(Much, 0.01, true)]
    [InlineData(Much - 1, 0.01, false)]
    [InlineData(Much, 0.5, false)]
    [InlineData(20 * Much, 1.9, false)]
    public void IsDue_QuietAfterMuchWasAllocated_Only(long allocated, double cpuShare, bool isDue)
    {
        var start = new MemoryMoment(Much, TimeSpan.FromMinutes(3));
        var now = new MemoryMoment(start.AllocatedBytes + allocated, start.CpuTime + (Pause * cpuShare));

        IdleMemoryRules.IsDue(start, start, now, Pause).Should().Be(isDue);
    }

    [Fact]
    public void IsDue_BusyAllTheWhileThenQuiet_WhenQuiet()
    {
        var start = default(MemoryMoment);
        var busy = new MemoryMoment(8 * Much, Pause);
        var quiet = busy with { CpuTime = busy.CpuTime + (Pause * 0.02) };

        IdleMemoryRules.IsDue(start, start, busy, Pause).Should().BeFalse();
        IdleMemoryRules.IsDue(start, busy, quiet, Pause).Should().BeTrue();
    }

    [Fact]
    public void IsDue_JustCollected_NotAgain()
    {
        var collected = new MemoryMoment(8 * Much, Pause);
        var next = new MemoryMoment(collected.AllocatedBytes + (Much / 2), collected.CpuTime);

        IdleMemoryRules.IsDue(collected, collected, next, Pause).Should().BeFalse();
    }
}
