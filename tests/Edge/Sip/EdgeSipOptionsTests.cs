namespace SipGateway.Edge.Tests.Sip;

public sealed class EdgeSipOptionsTests
{
    [Fact]
    public void Validate_Defaults_AreGood() => EdgeSipOptionsValidator.Validate(new EdgeSipOptions()).Should().BeEmpty();

    [Fact]
    public void Validate_EverythingWrong_IsSaidAtOnce() => EdgeSipOptionsValidator.Validate(new EdgeSipOptions
    {
        EdgeId = "", Port = 70000, TlsPort = -1, PublicHost = "", Domain = "a b", FirstRtpPort = 5, LastRtpPort = 4, UdpThreads = 0,
        Limits = new EdgeSipLimits
        {
            MaxTransactions = 0, GrainCallDeadline = TimeSpan.FromMinutes(1), ConfirmationDuration = TimeSpan.FromSeconds(9),
            MaxHandshakes = 0, HandshakeDeadline = TimeSpan.Zero, KeepAliveIdle = TimeSpan.FromHours(24),
            WrongDigestsPerName = 0, WrongDigestsPerSource = 0, WrongDigestsPerLiveBinding = -1, MaxLiveFlows = 0, RegistrationsPerSecondPerDevice = 0,
            RegistrationBurstPerDevice = 0, LongestBan = TimeSpan.FromSeconds(1),
        },
    }).Should().HaveCount(20);

    [Fact]
    public void Validate_TlsOnThePlainPort_IsSaid() => EdgeSipOptionsValidator.Validate(
        EdgeFixture.Options with { Port = 5060, TlsPort = 5060 }).Should().ContainSingle().Which.Should().Contain("--sips-port");
}
