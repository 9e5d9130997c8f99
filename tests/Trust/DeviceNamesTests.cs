using SipGateway.Trust;

namespace SipGateway.Trust.Tests;

public sealed class DeviceNamesTests
{
    private readonly KeyRing ring = KeyRing.Create();

    [Theory]
    [InlineData("001565aabbcc", 1, 0u)]
    [InlineData("ffffffffff00", 250, uint.MaxValue)]
    public void DeviceSipUser_Formatted_ReadsBack(string mac, byte line, uint epoch)
    {
        var user = new DeviceSipUser(mac, line, epoch);
        var name = user.Format(ring);

        name.Should().MatchRegex("^d[a-z2-7]{32}$");
        DeviceSipUser.Parse(ring, name).Should().Be(user);
    }

    [Fact]
    public void DeviceSipUser_OldKey_IsReadWhileTheRingHasIt()
    {
        var name = new DeviceSipUser("001565aabbcc", 1, 7).Format(ring);
        var rotated = new KeyRing([.. ring.Keys, KeyRing.NewKey(2)]);

        DeviceSipUser.Parse(rotated, name).Should().NotBeNull();
        DeviceSipUser.Parse(new KeyRing([KeyRing.NewKey(2)]), name).Should().BeNull();
    }

    [Fact]
    public void DeviceToken_OfOneKind_DoesNotOpenTheOther()
    {
        var token = new DeviceToken("001565aabbcc", new string('a', 32));

        DeviceToken.Parse(ring, DeviceTokenKind.Config, token.Format(ring, DeviceTokenKind.Config)).Should().Be(token);
        DeviceToken.Parse(ring, DeviceTokenKind.Config, token.Format(ring, DeviceTokenKind.Screen)).Should().BeNull();
    }

    [Fact]
    public void DeviceToken_AsText_HidesItsSecret() =>
        new DeviceToken("001565aabbcc", new string('a', 32)).ToString().Should().NotContain("aaaa");
}
