using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Tests.Devices;

public sealed class FirmwareVersionTests
{
    [Theory]
    [InlineData("snom", "10.1.141.13", "10.1.33.33")]
    [InlineData("snom", "10.1", "9.9.9.9")]
    [InlineData("poly", "6.4.3.5814", "6.4.3.999")]
    [InlineData("poly", "5.9.5.1", "5.9.5")]
    [InlineData("cisco", "12-0-3MPP", "11.3.5")]
    [InlineData("cisco", "12-0-3MPP0101-013", "12-0-3MPP")]
    [InlineData("cisco", "7.4.9c", "7.4.9b")]
    [InlineData("cisco", "6.1.5(b)", "6.1.5(a)")]
    [InlineData("cisco", "6.1.5(a)", "6.1.5")]
    [InlineData("audiocodes", "2.0.0_build_15", "2.0.0_build_9")]
    [InlineData("yealink", "108.86.5.1", "66.85.0.15")]
    [InlineData("yealink", "66.86.5.1", "*.83")]
    [InlineData("yealink", "66.86.5.1", "108.86.0.20")]
    [InlineData("gigaset", "83.V2.52.0+build.a546b91", "83.V2.11.0+build.ffff999")]
    [InlineData("gigaset", "V2.52.0", "83.V2.51.9")]
    [InlineData("mitel", "6.4.0.140-SIP", "6.4.0.132")]
    [InlineData("panasonic", "01.133", "01.99")]
    public void Compare_NewerAndOlder_BothWays(string vendor, string newer, string older)
    {
        Of(vendor, newer).CompareTo(Of(vendor, older)).Should().BePositive();
        Of(vendor, older).CompareTo(Of(vendor, newer)).Should().BeNegative();
    }

    [Theory]
    [InlineData("yealink", "66.86.5.1", "108.86.5.1")]
    [InlineData("yealink", "66.83.0.0", "*.83")]
    [InlineData("snom", "10.1.0", "10.1")]
    [InlineData("snom", "10.01.7", "10.1.7")]
    [InlineData("gigaset", "83.V2.52.0+build.a546b91", "V2.52.0")]
    [InlineData("cisco", "12.0.3", "12-0-3MPP")]
    public void Compare_Same_IsZero(string vendor, string one, string other) => Of(vendor, one).CompareTo(Of(vendor, other)).Should().Be(0);

    [Theory]
    [InlineData("snom", "")]
    [InlineData("snom", "unknown")]
    [InlineData("snom", "1.9999999999999999999")]
    [InlineData("yealink", "66")]
    [InlineData("yealink", "*.")]
    public void Parse_NothingToCompare_IsNull(string vendor, string text) => FirmwareVersion.Parse(vendor, text).Should().BeNull();

    [Fact]
    public void Parse_VeryLong_IsNull() => FirmwareVersion.Parse("snom", string.Join('.', Enumerable.Repeat("1", 200))).Should().BeNull();

    private static FirmwareVersion Of(string vendor, string text) => FirmwareVersion.Parse(vendor, text)!;
}
