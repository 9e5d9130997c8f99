using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Hosting;
using SipGateway.Grains.Interfaces;
using SipGateway.Sip;

namespace SipGateway.Edge.Tests.Sip;

/// <summary>Phones on IPv6, alone and beside IPv4; no peer and no admin ever meets a mapped address.</summary>
public sealed class Ipv6Tests(EdgeFixture fixture)
{
    [Theory]
    [InlineData("::1", "::1")]
    [InlineData("::", "::1")]
    [InlineData("::", "127.0.0.1")]
    public async Task Register_OverUdp_IsBoundUnderItsPlainAddress(string bind, string to)
    {
        var (host, edge) = await StartAsync(bind);
        var (user, secret, mac) = fixture.NewCandidate();
        using var phone = new UdpPhone(new IPEndPoint(IPAddress.Parse(to), edge.UdpEndPoint.Port), user);
        var response = await phone.RegisterAsync(secret);
        response.StatusCode.Should().Be(200);
        Received(response).Should().Be(to, "RFC 3261 §25.1: without brackets");
        response.TopVia!.Parameters["rport"].Should().Be($"{phone.Local.Port}");
        var flow = fixture.Scripts[mac].Registers.Single().Flow;
        flow.Source.Should().Be(phone.Local.ToString());
        flow.FlowId.Should().Be($"udp:{new IPEndPoint(IPAddress.Parse(to), edge.UdpEndPoint.Port)}-{phone.Local}");
        await StopAsync(host);
    }

    [Theory]
    [InlineData("::1", "::1", false)]
    [InlineData("::1", "::1", true)]
    [InlineData("::", "::1", true)]
    [InlineData("::", "127.0.0.1", false)]
    [InlineData("::", "127.0.0.1", true)]
    public async Task Register_OverTcpAndTls_IsBoundUnderItsPlainAddress(string bind, string to, bool isTls)
    {
        var (host, edge) = await StartAsync(bind);
        var (user, secret, mac) = fixture.NewCandidate();
        using var phone = isTls
            ? await TcpPhone.ConnectTlsAsync(new IPEndPoint(IPAddress.Parse(to), edge.TlsEndPoint!.Port))
            : await TcpPhone.ConnectAsync(new IPEndPoint(IPAddress.Parse(to), edge.TcpEndPoint.Port));
        var response = await phone.RegisterAsync(user, secret);
        response.StatusCode.Should().Be(200);
        Received(response).Should().Be(to);
        fixture.Scripts[mac].Registers.Single().Flow.Source.Should().Be(phone.Local.ToString());
        await StopAsync(host);
    }

    [Fact]
    public async Task Via_OfAPhoneBehindOtherNames_GetsTheSourceWithoutBrackets()
    {
        var (host, edge) = await StartAsync("::1");
        using var phone = new UdpPhone(edge.UdpEndPoint, "nobody");
        phone.Send(phone.Request("OPTIONS", "sip:[::1]").Replace($"UDP {phone.Local}", "UDP [2001:db8::9:1]:5060", StringComparison.Ordinal));
        var response = await phone.FinalAsync();
        Encoding.UTF8.GetString(response.Bytes.Span).Should().Contain($";rport={phone.Local.Port}").And.Contain(";received=::1");
        await StopAsync(host);
    }

    [Fact]
    public async Task Answers_ToEveryAddressOfTheMachine_LeaveFromThere()
    {
        var (host, edge) = await StartAsync("::");
        var addresses = LocalAddresses.Of(IPAddress.IPv6Any);
        addresses.Should().Contain([IPAddress.Loopback, IPAddress.IPv6Loopback]);
        foreach (var address in addresses)
        {
            var local = new IPEndPoint(address, edge.UdpEndPoint.Port);
            using var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(address.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0));

            // The short way (a plain REGISTER) and the long one.
            foreach (var method in new[] { "REGISTER", "OPTIONS" })
            {
                var request = $"{method} sip:gateway.test SIP/2.0\r\nVia: SIP/2.0/UDP host.test;branch=z9hG4bK{Guid.NewGuid():n};rport\r\n"
                    + $"From: <sip:a@gateway.test>;tag=1\r\nTo: <sip:a@gateway.test>\r\nCall-ID: x\r\nCSeq: 1 {method}\r\n"
                    + "Contact: <sip:a@host.test>\r\nMax-Forwards: 70\r\nUser-Agent: Yealink SIP-T46S 66.86.5.1\r\n"
                    + "Allow: INVITE, INFO, PRACK, ACK, BYE, CANCEL, OPTIONS, NOTIFY, REGISTER, SUBSCRIBE\r\nContent-Length: 0\r\n\r\n";
                await socket.SendToAsync(Encoding.ASCII.GetBytes(request), local);
                using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(5));
                var answer = await socket.ReceiveFromAsync(new byte[4096], SocketFlags.None, local, deadline.Token);
                answer.RemoteEndPoint.Should().Be(local);
            }
        }

        await StopAsync(host);
    }

    [Fact]
    public async Task Notify_OverIpv6_ReachesThePhone()
    {
        var (host, edge) = await StartAsync("::");
        await Eventually.IsTrue(() => edge.IsConnected, "the edge enters the address book");
        var (user, secret, mac) = fixture.NewDevice();
        using var phone = new UdpPhone(new IPEndPoint(IPAddress.IPv6Loopback, edge.UdpEndPoint.Port), user);
        (await phone.RegisterAsync(secret)).StatusCode.Should().Be(200);
        var command = fixture.Scripts[mac].Registers.Single();
        var observer = await fixture.Grains.GetGrain<IEdgeGrain>(command.Flow.EdgeId).Find(0);
        await observer!.Notify(new NotifyOrder
        {
            OrderId = "one", Mac = mac, Kind = NotifyKind.Resync, Vendor = "none", ContactUri = command.Contacts[0].Uri,
            Flow = command.Flow, SipUser = user, SipPassword = secret,
        });
        var notify = (await phone.ReceiveAsync()).Should().BeOfType<SipRequest>().Subject;
        notify.TopVia!.SentBy.Should().Be($"[::1]:{edge.UdpEndPoint.Port}");
        notify.GetText(SipHeaderName.Contact).Should().Be($"<sip:[::1]:{edge.UdpEndPoint.Port};transport=udp>");
        phone.Answer(notify, 200);
        await Eventually.IsTrue(() => fixture.Scripts[mac].Reports.Any(r => r.StatusCode == 200), "the device is told");
        await StopAsync(host);
    }

    [Fact]
    public async Task Domain_ThatIsAnIpv6Address_IsBracketedInUrisAndServed()
    {
        var (host, edge) = await fixture.StartEdgeAsync(Options("::1") with { Domain = "2001:db8::5", PublicHost = "2001:db8::5" });
        var (user, secret, mac) = fixture.NewCandidate();
        using var phone = new UdpPhone(edge.UdpEndPoint, user) { Domain = "[2001:db8::5]" };
        (await phone.RegisterAsync(secret)).StatusCode.Should().Be(200);
        fixture.Scripts[mac].Registers.Should().ContainSingle();
        await StopAsync(host);
    }

    private static string Received(SipResponse response) => response.TopVia!.Parameters["received"] ?? "";

    private static EdgeSipOptions Options(string bind) =>
        EdgeFixture.Options with { EdgeId = $"edge-{Guid.NewGuid():n}", BindAddress = IPAddress.Parse(bind) };

    private Task<(IHost Host, SipEdge Edge)> StartAsync(string bind) => fixture.StartEdgeAsync(Options(bind));

    private static async Task StopAsync(IHost host)
    {
        await host.StopAsync();
        host.Dispose();
    }
}
