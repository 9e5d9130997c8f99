using Microsoft.Extensions.Time.Testing;

namespace SipGateway.Silo.Tests.Watching;

public sealed class StallGuardTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly StallGuard _guard;

    public StallGuardTests() => _guard = new StallGuard(_time);

    [Fact]
    public void Beats_OnTime_AreNoStall()
    {
        for (var i = 0; i < 10; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1.4));
            _guard.Beat();
            _guard.IsStalled.Should().BeFalse();
        }
    }

    [Fact]
    public void Beat_Late_CountsUntilItIsLongAgo()
    {
        _time.Advance(TimeSpan.FromSeconds(1.6));
        _guard.IsStalled.Should().BeTrue("the turn that is due has not come");
        _guard.Beat();
        for (var i = 0; i < 3; i++)
        {
            _time.Advance(StallGuard.Period);
            _guard.Beat();
            _guard.IsStalled.Should().BeTrue();
        }

        _time.Advance(StallGuard.Period);
        _guard.Beat();
        _guard.IsStalled.Should().BeFalse();
    }
}
