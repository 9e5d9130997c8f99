using SipGateway.Grains.Devices;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Tests.Devices;

public sealed class PolicyStories
{
    [Fact]
    public void Effective_NarrowerLayer_Wins()
    {
        var policy = PolicyRules.Effective([new() { Language = "en" }, new() { Language = "de", TimeZone = "Europe/Berlin" }, new() { Language = "fr" }]);
        (policy.Language, policy.TimeZone).Should().Be(("fr", "Europe/Berlin"));
    }

    [Fact]
    public void Hash_OtherContent_IsAnother()
    {
        var config = new PhoneConfig
        {
            SipUser = "d", SipPassword = "p", ConfigTokenRandom = "a", ScreenTokenRandom = "b", IsSignedIn = false, Policy = new EffectivePolicy(), Hash = "",
        };
        PolicyRules.Hash(config).Should().Be(PolicyRules.Hash(config with { Hash = "x" }));
        PolicyRules.Hash(config).Should().NotBe(PolicyRules.Hash(config with { DisplayName = "Ann" }));
    }

    [Fact]
    public void Options_Default_AreGood() => new DeviceOptions().Validate().Should().BeEmpty();
}
