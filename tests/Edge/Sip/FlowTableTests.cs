using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace SipGateway.Edge.Tests.Sip;

public sealed class FlowTableTests(EdgeFixture fixture)
{
    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", false)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", true)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", false)]
    [InlineData("::ffff:192.0.2.1", "::ffff:192.0.2.2", true)]
    public void TryEnter_TheBoundOfASource_HoldsForAllItsAddresses(string first, string second, bool isAnother)
    {
        var metrics = fixture.Services.GetRequiredService<EdgeSipMetrics>();
        var flows = new FlowTable(DateTimeOffset.UnixEpoch, new EdgeSipLimits { MaxConnectionsPerSource = 1 }, metrics);
        flows.TryEnter(IPAddress.Parse(first)).Should().BeTrue();

        flows.TryEnter(IPAddress.Parse(second)).Should().Be(isAnother);

        flows.Leave(IPAddress.Parse(first));
        flows.TryEnter(IPAddress.Parse(first)).Should().BeTrue("what was left is free again");
    }
}
