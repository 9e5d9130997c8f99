using SipGateway.Edge.Tests.Sip;

namespace SipGateway.Edge.Tests.Provisioning;

/// <summary>Which edges a phone is told, and in which order.</summary>
public sealed class SipServersTests(EdgeFixture edge) : ProvisioningTest(edge)
{
    private static readonly SipServer[] Three = [new("a.example.org", 5060), new("b.example.org", 5060), new("c.example.org", 5070)];

    protected override ProvisioningOptions Change(ProvisioningOptions options) => options with { EdgeHosts = Three };

    [Theory]
    [InlineData("a.example.org", "a.example.org", 5060)]
    [InlineData("a.example.org:5070", "a.example.org", 5070)]
    [InlineData("192.0.2.1:65535", "192.0.2.1", 65535)]
    [InlineData("[2001:db8::1]", "2001:db8::1", 5060)]
    [InlineData("[2001:db8::1]:5080", "2001:db8::1", 5080)]
    public void Server_AsItIsWritten_IsRead(string text, string host, int port) => SipServer.Parse(text).Should().Be(new SipServer(host, port));

    [Theory]
    [InlineData("")]
    [InlineData(":5060")]
    [InlineData("a.example.org:")]
    [InlineData("a.example.org:0")]
    [InlineData("a.example.org:65536")]
    [InlineData("a.example.org:x")]
    [InlineData("a b")]
    [InlineData("0.0.0.0")]
    [InlineData("[::]:5060")]
    [InlineData("[2001:db8::1")]
    [InlineData("a\r\nb")]
    [InlineData("=a.example.org")]
    [InlineData("eu=")]
    [InlineData("EU=a.example.org")]
    [InlineData("eu=us=a.example.org")]
    [InlineData("e u=a.example.org")]
    public void Server_ThatIsNone_IsNot(string text) => SipServer.Parse(text).Should().BeNull();

    [Fact]
    public void Phones_SpreadEvenly_AndAServerMoreMovesNoneBetweenTheOthers()
    {
        var macs = Enumerable.Range(0, 3000).Select(n => $"001565{n:x6}").ToList();
        var two = macs.ToDictionary(mac => mac, mac => SipServers.OrderFor(mac, "", Three[..2])[0]);
        var three = macs.ToDictionary(mac => mac, mac => SipServers.OrderFor(mac, "", [.. Three.Reverse()])[0]);

        Three.Should().AllSatisfy(server => three.Values.Count(first => first == server).Should().BeInRange(900, 1100));
        macs.Where(mac => three[mac] != Three[2]).Should().OnlyContain(mac => three[mac] == two[mac], "only the new one takes phones");
    }

    [Fact]
    public async Task File_NamesTheFirstTwoOfThePhonesOwnOrder()
    {
        var wanted = SipServers.OrderFor(Mac, "", Three);

        var file = await BootstrapAsync();

        file["account.1.outbound_proxy_enable"].Should().Be("1");
        file["account.1.outbound_proxy.1.address"].Should().Be(wanted[0].Host);
        file["account.1.outbound_proxy.1.port"].Should().Be($"{wanted[0].Port}");
        file["account.1.outbound_proxy.2.address"].Should().Be(wanted[1].Host);
        file["account.1.outbound_proxy.2.port"].Should().Be($"{wanted[1].Port}");
        (await GetAsync($"{InService()}{Mac}.cfg", isSecure: true))["account.1.outbound_proxy.1.address"].Should().Be(wanted[0].Host, "before and after it is in service");
    }
}
