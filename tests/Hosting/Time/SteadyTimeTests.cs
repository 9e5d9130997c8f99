namespace SipGateway.Hosting.Tests.Time;

public sealed class SteadyTimeTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    private readonly SteppableClock _clock = new(Start);
    private readonly SteadyTime _time;

    public SteadyTimeTests() => _time = new SteadyTime(_clock);

    [Theory]
    [InlineData(300)]
    [InlineData(-300)]
    [InlineData(100_000)]
    public void GetUtcNow_ClockIsStepped_GoesOnAsItWas(int seconds)
    {
        _clock.Pass(TimeSpan.FromSeconds(10));
        _clock.Step(TimeSpan.FromSeconds(seconds));
        _clock.Pass(TimeSpan.FromSeconds(5));

        _time.GetUtcNow().Should().Be(Start.AddSeconds(15));
    }

    [Theory]
    [InlineData(300)]
    [InlineData(-300)]
    public void Approach_FiveMinutesOff_IsMadeUpForByAFiftieth(int seconds)
    {
        _time.Approach(Start.AddSeconds(seconds)).Should().Be(TimeSpan.FromSeconds(seconds));
        _time.GetUtcNow().Should().Be(Start, "nothing is stepped");

        _clock.Pass(TimeSpan.FromSeconds(100));
        _time.GetUtcNow().Should().Be(Start.AddSeconds(100 + 2 * Math.Sign(seconds)));

        _clock.Pass(TimeSpan.FromHours(6));
        _time.GetUtcNow().Should().Be(Start.AddSeconds(100 + seconds).AddHours(6), "and no more than what was missing");
    }

    [Fact]
    public void Approach_AgainAndAgain_NeverGoesBackAndArrives()
    {
        var last = _time.GetUtcNow();
        _clock.Step(TimeSpan.FromMinutes(-5));
        for (var i = 0; i < 1_600; i++)
        {
            _time.Approach(_clock.GetUtcNow());
            _clock.Pass(TimeSpan.FromSeconds(10));
            _time.GetUtcNow().Should().BeOnOrAfter(last.AddSeconds(9.8));
            last = _time.GetUtcNow();
        }

        _time.GetUtcNow().Should().BeCloseTo(_clock.GetUtcNow(), TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public void Approach_MoreThanAnHourOff_IsTakenAtOnce()
    {
        _time.Approach(Start.AddHours(2));

        _time.GetUtcNow().Should().Be(Start.AddHours(2));
    }

    [Fact]
    public void Begin_TakesTheReference()
    {
        _time.Begin(Start.AddMinutes(-3));
        _clock.Pass(TimeSpan.FromSeconds(1));

        _time.GetUtcNow().Should().Be(Start.AddMinutes(-3).AddSeconds(1));
    }

    private sealed class SteppableClock(DateTimeOffset start) : TimeProvider
    {
        private TimeSpan _passed;
        private TimeSpan _stepped;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _passed.Ticks;

        public override DateTimeOffset GetUtcNow() => start + _passed + _stepped;

        public void Pass(TimeSpan time) => _passed += time;

        public void Step(TimeSpan time) => _stepped += time;
    }
}
