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
    public void Hash_WithoutAChannel_IsThatOfTheReleaseBefore()
    {
        var config = new PhoneConfig
        {
            SipUser = "d", SipPassword = "p", ConfigTokenRandom = "a", ScreenTokenRandom = "b", IsSignedIn = false, Policy = new EffectivePolicy(), Hash = "",
        };

        PolicyRules.Hash(config).Should().Be("62f881e3c5c936a1deaaadf343ddadfd43482625dd7ce0c391925233b4f206e9", "otherwise every phone reads its files anew after an upgrade");
        PolicyRules.Hash(config with { Policy = config.Policy with { FirmwareChannel = "stable" } }).Should().NotBe(PolicyRules.Hash(config));
        PolicyRules.Public(config.Policy with { FirmwareChannel = "stable" }).FirmwareChannel.Should().BeEmpty();
        PolicyRules.Hash(config with { Policy = config.Policy with { ToneCountry = "DE" } }).Should().NotBe(PolicyRules.Hash(config));
        PolicyRules.Public(config.Policy with { ToneCountry = "DE" }).ToneCountry.Should().Be("DE", "also a phone that nobody enrolled yet sounds as phones do there");
        PolicyRules.Effective([new() { ToneCountry = "DE" }, new() { ToneCountry = "AT" }, new()]).ToneCountry.Should().Be("AT");
        PolicyRules.Effective([new() { FirmwareChannel = "stable" }, new() { FirmwareChannel = "pilot" }, new()]).FirmwareChannel.Should().Be("pilot");
    }

    [Fact]
    public void Hash_WithARegion_IsAnother_AndNotThatOfAChannelOfTheSameName()
    {
        var config = new PhoneConfig
        {
            SipUser = "d", SipPassword = "p", ConfigTokenRandom = "a", ScreenTokenRandom = "b", IsSignedIn = false, Policy = new EffectivePolicy(), Hash = "",
        };
        var hashes = new[]
        {
            new EffectivePolicy(), new() { Region = "eu" }, new() { Region = "us" }, new() { FirmwareChannel = "eu" }, new() { FirmwareChannel = "eu", Region = "us" },
        }.Select(policy => PolicyRules.Hash(config with { Policy = policy }));

        hashes.Should().OnlyHaveUniqueItems();
        PolicyRules.Public(new EffectivePolicy { Region = "eu" }).Region.Should().Be("eu", "a phone that enrols does so in its region");
    }

    [Fact]
    public void Options_Default_AreGood() => new DeviceOptions().Validate().Should().BeEmpty();
}
