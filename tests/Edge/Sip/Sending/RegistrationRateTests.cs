namespace SipGateway.Edge.Tests.Sip;

public sealed class RegistrationRateTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void PerSecond_IsOfTheLastTenSeconds()
    {
        var rate = new RegistrationRate();

        rate.PerSecond(1000, Noon).Should().Be(0, "one look tells no rate");
        rate.PerSecond(1020, Noon.AddSeconds(2)).Should().Be(10);
        rate.PerSecond(1020, Noon.AddSeconds(10)).Should().Be(2);
        rate.PerSecond(1020, Noon.AddSeconds(12)).Should().Be(0, "what was before is forgotten");
    }

    [Fact]
    public void PerSecond_AClockThatIsSetBack_BeginsAnew()
    {
        var rate = new RegistrationRate();
        rate.PerSecond(1000, Noon);

        rate.PerSecond(1500, Noon.AddHours(-1)).Should().Be(0);
        rate.PerSecond(1510, Noon.AddHours(-1).AddSeconds(5)).Should().Be(2);
    }
}
