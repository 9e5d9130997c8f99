using System.Net;
using System.Net.Sockets;
using System.Text;
using SipGateway.Sip;

namespace SipGateway.Edge.Tests.Sip;

/// <summary>What goes over an open TLS connection, however it is cut.</summary>
public sealed class TlsStreamTests(EdgeFixture fixture)
{
    private IPEndPoint Edge => fixture.Edge.TlsEndPoint!;

    [Theory]
    [InlineData("sip")]
    [InlineData("sips")]
    public async Task Register_OverTls_BindsThisConnection(string scheme)
    {
        var (user, secret, mac) = fixture.NewCandidate();
        using var phone = await TcpPhone.ConnectTlsAsync(Edge);
        var response = await phone.RegisterAsync(user, secret, scheme);
        response.StatusCode.Should().Be(200);
        response.TopVia!.Transport.Should().Be("TLS");
        response.Contacts!.Addresses.Should().ContainSingle().Which.Uri.ToString().Should()
            .Be($"{scheme}:{user}@{phone.Local};transport=tls", "the phone's own Contact comes back unchanged");
        var flow = fixture.Scripts[mac].Registers.Single().Flow;
        flow.Transport.Should().Be("tls");
        flow.FlowId.Should().StartWith("tls:");
        flow.Source.Should().Be(phone.Local.ToString());
    }

    [Fact]
    public async Task Register_SipsAddressOverTcp_IsRefused()
    {
        var (user, secret, _) = fixture.NewCandidate();
        using var phone = await TcpPhone.ConnectAsync(fixture.Edge.TcpEndPoint);
        (await phone.RegisterAsync(user, secret, "sips")).StatusCode.Should().Be(400);
    }

    [Fact]
    public async Task Register_OneOctetARecord_IsAnswered()
    {
        var (user, secret, _) = fixture.NewCandidate();
        using var phone = await TcpPhone.ConnectTlsAsync(Edge);
        foreach (var octet in Encoding.ASCII.GetBytes(phone.Register(user, 1)))
        {
            await phone.SendAsync(new[] { octet });
        }

        (await phone.ReceiveAsync()).StatusCode.Should().Be(401);
        (await phone.RegisterAsync(user, secret)).StatusCode.Should().Be(200, "the connection is as good as before");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task Register_RecordsInPieces_AreAnswered(int octets)
    {
        var (user, secret, _) = fixture.NewCandidate();
        using var phone = await TcpPhone.ConnectTlsAsync(Edge, pieces: octets);
        (await phone.RegisterAsync(user, secret)).StatusCode.Should().Be(200);
    }

    [Fact]
    public async Task Messages_TwoInOneRecord_AreAnsweredInOrder()
    {
        using var phone = await TcpPhone.ConnectTlsAsync(Edge);
        await phone.SendAsync(TcpPhone.Options("one", transport: "TLS") + "\r\n\r\n" + TcpPhone.Options("two", transport: "TLS"));
        (await phone.ReceiveAsync()).CallId.Should().Be("one");
        phone.EndSending();
        (await phone.ReadToEndAsync()).Should().StartWith("\r\n", "the ping between them has its pong").And.Contain("Call-ID: two");
    }

    [Fact]
    public async Task Ping_OverTls_GetsPongAndAGoodEnd()
    {
        using var phone = await TcpPhone.ConnectTlsAsync(Edge);
        await phone.SendAsync("\r\n\r\n");
        await phone.Tls!.ShutdownAsync();
        (await phone.ReadToEndAsync()).Should().Be("\r\n");
    }

    [Fact]
    public async Task Silence_BeyondTheIdleTimeout_EndsTheConnectionInOrder()
    {
        var (host, edge) = await fixture.StartEdgeAsync(EdgeFixture.Options with
        {
            EdgeId = "idle", Limits = EdgeFixture.Options.Limits with { ConnectionIdleTimeout = TimeSpan.FromSeconds(1) },
        });
        foreach (var version in new[] { "-tls1_2", "-tls1_3" })
        {
            using var phone = await OpenSslClient.ConnectAsync(edge.TlsEndPoint!, version);
            (await phone.EndAsync()).Should().Match<(int ExitCode, string Errors)>(e => e.ExitCode == 0 && !e.Errors.Contains("eof"), "a close_notify came");
        }

        await host.StopAsync();
        host.Dispose();
    }

    [Fact]
    public async Task Framing_Doubtful_IsAnsweredByClosing()
    {
        using var phone = await TcpPhone.ConnectTlsAsync(Edge);
        await phone.SendAsync(TcpPhone.Options("doubt", "Content-Length: -1\r\n") + TcpPhone.Options("smuggled"));
        (await phone.ReadToEndAsync()).Should().NotContain("smuggled").And.NotContain("200 OK");
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("\u0017\u0003\u0003\u0000\u0010AAAAAAAAAAAAAAAA")]
    [InlineData("\u0016\u0003\u0003\u0000\u0004\u0001\u0000\u0000\u0000")]
    public async Task Record_ThatIsGarbage_EndsTheConnection(string garbage)
    {
        using var dropped = new CounterReading(fixture.Services, "sipgateway.edge.sip.dropped");
        using var phone = await TcpPhone.ConnectTlsAsync(Edge);
        await phone.SendAsync(TcpPhone.Options("before", transport: "TLS"));
        (await phone.ReceiveAsync()).StatusCode.Should().Be(200, "the handshake is done at both ends");
        await phone.SendRawAsync(Encoding.Latin1.GetBytes(garbage));
        (await phone.ReadToEndAsync()).Should().BeEmpty();
        await Eventually.IsTrue(() => dropped["connection_reset"] >= 1, "it is counted, and thrown no further");
    }

    [Fact]
    public async Task Reader_ThatReadsNothing_IsClosedAndOthersAreServed()
    {
        using var slow = await TcpPhone.ConnectTlsAsync(Edge, receiveBuffer: 4096);
        var request = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 20).Select(i => TcpPhone.Options(new string('c', 200) + i))));
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var sending = async () =>
        {
            while (true)
            {
                await slow.SendAsync(request, deadline.Token);
            }
        };
        await sending.Should().ThrowAsync<IOException>("the edge does not keep what nobody reads");
        using var other = await TcpPhone.ConnectTlsAsync(Edge, from: IPAddress.Parse("127.0.0.2"));
        await other.SendAsync(TcpPhone.Options("other", transport: "TLS"));
        (await other.ReceiveAsync()).StatusCode.Should().Be(200);
    }

    [Fact]
    public async Task Flow_WhoseWriteIsStuck_EndsAtTheWriteDeadline()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var peer = new TcpClient { ReceiveBufferSize = 4096 };
        await peer.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        using var accepted = await listener.AcceptSocketAsync();
        await using var flow = new StreamFlow(
            "tcp:0:1", "tcp", (IPEndPoint)accepted.LocalEndPoint!, (IPEndPoint)accepted.RemoteEndPoint!, new NetworkStream(accepted),
            EdgeFixture.Options.Limits);
        flow.TrySend(new byte[16 * 1024 * 1024]).Should().BeTrue();
        await flow.WriteAsync().WaitAsync(TimeSpan.FromSeconds(5));
        flow.Closing.IsCancellationRequested.Should().BeTrue();
        flow.TrySend(new byte[1]).Should().BeFalse();
    }
}
