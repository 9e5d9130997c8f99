using SipGateway.Admin.V1;

namespace SipGateway.Portal.Tests.Devices;

/// <summary>Whether a phone that changed may belong to a list that is open.</summary>
public sealed class DeviceFilterFieldTests
{
    private static readonly Device Phone = new()
    {
        State = Device.Types.State.SignedIn, Site = "Berlin", Model = "T46U", Tags = { "lobby", "vip" },
        Attention = { Device.Types.AttentionReason.CodeLocked, Device.Types.AttentionReason.Conflict },
    };

    [Theory]
    [InlineData("state", "SIGNED_IN", true)]
    [InlineData("state", "OFFBOARDED", false)]
    [InlineData("attention", "CONFLICT", true)]
    [InlineData("attention", "SIGN_IN_FAILED", false)]
    [InlineData("site", "berlin", true)]
    [InlineData("site", "ber", false)]
    [InlineData("site", "ber*", true)]
    [InlineData("model", "t46", true)]
    [InlineData("tag", "VIP", true)]
    [InlineData("tag", "vi", false)]
    [InlineData("tag", "vi*", true)]
    [InlineData("tag", "lobby,vip", false)]
    [InlineData("tag", "*", true)]
    public void MayMatch_IsAsTheApiCompares(string word, string value, bool expected) =>
        DeviceFilterField.Of(word).MayMatch(Phone, value).Should().Be(expected);

    [Fact]
    public void MayMatch_NoTagAtAll_MatchesNone()
    {
        DeviceFilterField.Of("tag").MayMatch(new Device(), "*").Should().BeFalse();
        DeviceFilterField.Of("tag").Read(Phone).Should().Equal("lobby", "vip");
    }
}
