using Microsoft.Extensions.Time.Testing;

namespace SipGateway.Edge.Tests.Sip;

public sealed class TimerWheelTests
{
    [Fact]
    public void Start_ManyDelays_FireOnceNeverEarlyAndAtMostATickLate()
    {
        var time = new FakeTimeProvider();
        using var wheel = new TimerWheel(time);
        var startedAt = time.GetTimestamp();
        var late = new List<TimeSpan>();
        var delays = Enumerable.Range(1, 500).Select(i => TimeSpan.FromMilliseconds(i * 137)).ToList();
        delays.ForEach(d => wheel.Start(d, () => late.Add(time.GetElapsedTime(startedAt) - d)));
        var stopped = wheel.Start(TimeSpan.FromSeconds(1), () => late.Add(TimeSpan.FromDays(1)));
        stopped.Stop();
        for (var i = 0; i < 1500; i++)
        {
            time.Advance(TimerWheel.Tick);
        }

        late.Should().HaveCount(500).And.OnlyContain(l => l >= TimeSpan.Zero && l <= 2 * TimerWheel.Tick);
    }

    [Fact]
    public void Fire_OneThatThrows_LeavesTheOthersRunning()
    {
        var time = new FakeTimeProvider();
        using var wheel = new TimerWheel(time);
        var fired = 0;
        wheel.Start(TimerWheel.Tick, () => throw new InvalidOperationException("a transaction's fault"));
        wheel.Start(TimerWheel.Tick, () => fired++);
        wheel.Start(3 * TimerWheel.Tick, () => fired++);

        for (var i = 0; i < 5; i++)
        {
            time.Advance(TimerWheel.Tick);
        }

        fired.Should().Be(2);
    }
}
