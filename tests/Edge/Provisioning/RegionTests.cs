using SipGateway.Edge.Tests.Sip;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge.Tests.Provisioning;

/// <summary>A phone is sent to its tenant's region.</summary>
public sealed class RegionTests(EdgeFixture edge) : ProvisioningTest(edge)
{
    private static readonly SipServer[] Servers =
    [
        .. new[] { "eu=a.example.org", "eu=b.example.org", "us=c.example.org:5070", "d.example.org" }.Select(text => SipServer.Parse(text)!),
    ];

    private static readonly string[] Macs = [.. Enumerable.Range(0, 1000).Select(n => $"001565{n:x6}")];

    protected override ProvisioningOptions Change(ProvisioningOptions options) => options with { EdgeHosts = Servers };

    [Fact]
    public void Server_WithItsRegion_IsRead()
    {
        SipServer.Parse("eu-west=[2001:db8::1]:5080").Should().Be(new SipServer("2001:db8::1", 5080) { Region = "eu-west" });
        SipServer.Parse("eu=a.example.org")!.HasAddressOf(new SipServer("a.example.org", 5060)).Should().BeTrue("phones know no regions");
    }

    [Fact]
    public void Phones_OfARegion_SpreadOverItsServers_AndKnowOnlyThese()
    {
        var orders = Macs.Select(mac => SipServers.OrderFor(mac, "eu", Servers)).ToList();

        orders.Should().OnlyContain(order => order.Take(2).All(server => server.Region == "eu"));
        orders.Count(order => order[0] == Servers[0]).Should().BeInRange(420, 580);
    }

    [Fact]
    public void Phones_OfARegionWithOneServer_HaveTheirSecondWhereNoOtherRegionIs() =>
        Macs.Select(mac => SipServers.OrderFor(mac, "us", Servers)).Should()
            .OnlyContain(order => order[0] == Servers[2] && order[1] == Servers[3], "a phone with one server is gone with it");

    [Fact]
    public void Phones_OfNoRegion_AreEverybodys_InTheOrderTheyHadBefore()
    {
        var plain = Servers.Select(server => server with { Region = "" }).ToList();

        Macs.Should().OnlyContain(mac => SipServers.OrderFor(mac, "", Servers).Select(s => s.ToString())
            .SequenceEqual(SipServers.OrderFor(mac, "", plain).Select(s => s.ToString())));
        Servers.Should().AllSatisfy(server => Macs.Count(mac => SipServers.OrderFor(mac, "", Servers)[0] == server).Should().BeInRange(180, 320));
    }

    [Fact]
    public async Task File_NamesTheServersOfTheTenantsRegion_BeforeAndAfterItIsInService()
    {
        var policy = new EffectivePolicy { Region = "us" };
        Script.BootstrapPolicy = policy;

        var bootstrap = await GetAsync(new Uri((await BootstrapAsync())["static.auto_provision.server.url"]).AbsolutePath + $"{Mac}.cfg");
        var own = await GetAsync($"{InService(ProvisioningScript.ConfigOf(policy: policy))}{Mac}.cfg", isSecure: true);

        foreach (var file in new[] { bootstrap, own })
        {
            file["account.1.outbound_proxy.1.address"].Should().Be("c.example.org");
            file["account.1.outbound_proxy.1.port"].Should().Be("5070");
            file["account.1.outbound_proxy.2.address"].Should().Be("d.example.org");
        }
    }
}
