using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;

namespace SipGateway.Edge.Tests.Sip;

public sealed class SipEdgeTests(EdgeFixture fixture)
{
    [Fact]
    public async Task Start_PortInUseByAnotherGateway_SaysSoInOneLine()
    {
        using var second = fixture.NewHost(EdgeFixture.Options with { EdgeId = "second", Port = fixture.Edge.UdpEndPoint.Port }, fixture.Grains);
        var start = async () => await second.StartAsync();
        (await start.Should().ThrowAsync<IOException>()).Which.Message.Should()
            .Be($"SIP port {fixture.Edge.UdpEndPoint.Port} on 127.0.0.1 is in use; stop the other program or choose another --sip-port.");
    }

    [Fact]
    public async Task Stop_Edge_FreesItsPort()
    {
        using var other = fixture.NewHost(EdgeFixture.Options with { EdgeId = "other", BindAddress = IPAddress.Any }, fixture.Grains);
        await other.StartAsync();
        var edge = (SipEdge)other.Services.GetService(typeof(SipEdge))!;
        var port = edge.UdpEndPoint.Port;
        using var phone = new UdpPhone(new IPEndPoint(IPAddress.Loopback, port), "nobody");
        (await phone.AskAsync(phone.Request("OPTIONS", "sip:gateway.test"))).StatusCode.Should().Be(200);
        await other.StopAsync();
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
    }

    [Fact]
    public void AddEdgeSip_WrongOptions_NamesEveryFault()
    {
        var add = () => fixture.NewHost(EdgeFixture.Options with { Port = -1, UdpThreads = 0 }, fixture.Grains);
        add.Should().Throw<ArgumentException>().Which.Message.Should().Contain("--sip-port").And.Contain("UdpThreads");
    }
}
