using System.Net;
using System.Security.Authentication;
using System.Text;
using Microsoft.Extensions.Hosting;

namespace SipGateway.Edge.Tests.Sip;

/// <summary>Who gets in over TLS, and what whoever does not costs.</summary>
public sealed class TlsHandshakeTests(EdgeFixture fixture)
{
    // A ClientHello of TLS 1.1: version 3.2, no list of versions, one cipher suite (TLS_RSA_WITH_AES_128_CBC_SHA).
    private static readonly byte[] HelloOfTls11 =
        [0x16, 3, 1, 0, 45, 1, 0, 0, 41, 3, 2, .. new byte[32], 0, 0, 2, 0, 0x2F, 1, 0];

    private IPEndPoint Edge => fixture.Edge.TlsEndPoint!;

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Handshake_Tls12And13_IsServed(SslProtocols protocol)
    {
        using var phone = await TcpPhone.ConnectTlsAsync(Edge, protocol);
        phone.Tls!.SslProtocol.Should().Be(protocol);
        await phone.SendAsync(TcpPhone.Options("served", transport: "TLS"));
        (await phone.ReceiveAsync()).StatusCode.Should().Be(200);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("OPTIONS sip:gateway.test SIP/2.0\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("\u0016\u0003\u0001\u0000\u0005\u0001\u0000\u0000\u0001\u0000")]
    [InlineData("\u0016\u0003\u0001\u007f\u007fAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("\u0015\u0003\u0003\u0000\u0002\u0002\u0028")]
    [InlineData("\u0080\u002e\u0001\u0000\u0002\u0000\u0015\u0000\u0000\u0000\u0010")]
    public async Task Handshake_GarbageInsteadOfAHello_IsClosedAndCounted(string garbage)
    {
        using var handshakes = new CounterReading(fixture.Services, "sipgateway.edge.sip.handshakes");
        using var phone = await TcpPhone.ConnectAsync(Edge);
        await phone.SendAsync(Encoding.Latin1.GetBytes(garbage));
        (await phone.ReadToEndAsync(10)).Should().NotContain("SIP/2.0");
        await Eventually.IsTrue(() => handshakes["refused"] + handshakes["closed"] + handshakes["deadline"] >= 1, "it is counted");
        await ServesAsync(Edge);
    }

    [Fact]
    public async Task Handshake_Tls11_IsRefusedWithItsAlert()
    {
        using var phone = await TcpPhone.ConnectAsync(Edge);
        await phone.SendAsync(HelloOfTls11);
        var answer = Encoding.UTF8.GetBytes(await phone.ReadToEndAsync());
        answer.Should().StartWith([(byte)0x15, 3]).And.EndWith([(byte)2, 70], "RFC 8446 §6.2: a fatal protocol_version");
    }

    [Fact]
    public async Task Handshake_Stalled_IsClosedAtTheDeadlineAndOthersAreServed()
    {
        using var handshakes = new CounterReading(fixture.Services, "sipgateway.edge.sip.handshakes");
        var stalled = new List<TcpPhone>();
        foreach (var octets in new[] { 0, 1, 20 })
        {
            stalled.Add(await TcpPhone.ConnectAsync(Edge));
            await stalled[^1].SendAsync(HelloOfTls11.AsMemory(0, octets));
        }

        await ServesAsync(Edge);
        foreach (var phone in stalled)
        {
            (await phone.ReadToEndAsync(10)).Should().BeEmpty();
            phone.Dispose();
        }

        await Eventually.IsTrue(() => handshakes["deadline"] >= 3, "they are counted");
    }

    [Fact]
    public async Task Handshake_HalfOpenMany_LeaveRoomForOthersAndEndAtTheDeadline()
    {
        var (host, edge) = await fixture.StartEdgeAsync(EdgeFixture.Options with
        {
            EdgeId = "half-open", BindAddress = IPAddress.Loopback,
            Limits = EdgeFixture.Options.Limits with { MaxHandshakes = 50, MaxHandshakesPerSource = 30 },
        });
        using var handshakes = new CounterReading(host.Services, "sipgateway.edge.sip.handshakes");
        var stalled = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => TcpPhone.ConnectAsync(edge.TlsEndPoint!)));
        await Eventually.IsTrue(() => handshakes["limit"] == 10, "what is above the bound of a source is closed before any cryptography");
        await ServesAsync(edge.TlsEndPoint!, IPAddress.Parse("127.0.0.2"));

        await Task.WhenAll(stalled.Select(s => s.ReadToEndAsync(10)));
        await Eventually.IsTrue(() => handshakes["deadline"] == 30, "the rest ended at the deadline");
        await ServesAsync(edge.TlsEndPoint!);
        Array.ForEach(stalled, s => s.Dispose());
        await StopAsync(host);
    }

    [Fact]
    public async Task Handshake_BeyondTheConnectionsOfASource_IsClosedBeforeAnyCryptography()
    {
        var (host, edge) = await fixture.StartEdgeAsync(EdgeFixture.Options with
        {
            EdgeId = "few-connections", Limits = EdgeFixture.Options.Limits with { MaxConnectionsPerSource = 1 },
        });
        using var handshakes = new CounterReading(host.Services, "sipgateway.edge.sip.handshakes");
        using var first = await TcpPhone.ConnectTlsAsync(edge.TlsEndPoint!);
        using var second = await TcpPhone.ConnectAsync(edge.TlsEndPoint!);
        (await second.ReadToEndAsync()).Should().BeEmpty();
        using var plain = await TcpPhone.ConnectAsync(edge.TcpEndPoint);
        (await plain.ReadToEndAsync()).Should().BeEmpty("TCP and TLS share the bound");
        await Eventually.IsTrue(() => handshakes["none"] == 1, "one handshake was had");
        await StopAsync(host);
    }

    [Fact]
    public async Task Handshake_Renegotiation_IsNotHad()
    {
        using var client = await OpenSslClient.ConnectAsync(Edge, "-tls1_2");
        await client.TypeAsync("R\n");
        (await client.EndAsync()).ExitCode.Should().NotBe(0);
        await ServesAsync(Edge);
    }

    [Fact]
    public async Task Certificate_Renewed_CountsForNewConnectionsAndOldOnesStay()
    {
        var certificate = TestCertificate.Create("before");
        var (host, edge) = await fixture.StartEdgeAsync(EdgeFixture.Options with { EdgeId = "renewed", Certificate = () => Volatile.Read(ref certificate) });
        using var old = await TcpPhone.ConnectTlsAsync(edge.TlsEndPoint!);
        old.Tls!.RemoteCertificate!.Subject.Should().Be("CN=before");

        Volatile.Write(ref certificate, TestCertificate.Create("after"));
        using var next = await TcpPhone.ConnectTlsAsync(edge.TlsEndPoint!);
        next.Tls!.RemoteCertificate!.Subject.Should().Be("CN=after");

        foreach (var phone in new[] { old, next })
        {
            await phone.SendAsync(TcpPhone.Options("still", transport: "TLS"));
            (await phone.ReceiveAsync()).StatusCode.Should().Be(200);
        }

        await StopAsync(host);
    }

    [Fact]
    public async Task Start_WithoutCertificate_HasNoTls()
    {
        var (host, edge) = await fixture.StartEdgeAsync(EdgeFixture.Options with { EdgeId = "plain", Certificate = null });
        edge.TlsEndPoint.Should().BeNull();
        await StopAsync(host);
    }

    [Fact]
    public async Task Start_TlsPortInUse_SaysSoInOneLine()
    {
        using var second = fixture.NewHost(EdgeFixture.Options with { EdgeId = "second-tls", TlsPort = Edge.Port }, fixture.Grains);
        var start = async () => await second.StartAsync();
        (await start.Should().ThrowAsync<IOException>()).Which.Message.Should()
            .Be($"SIPS port {Edge.Port} on 127.0.0.1 is in use; stop the other program or choose another --sips-port.");
    }

    private static async Task StopAsync(IHost host)
    {
        await host.StopAsync();
        host.Dispose();
    }

    private static async Task ServesAsync(IPEndPoint edge, IPAddress? from = null)
    {
        using var next = await TcpPhone.ConnectTlsAsync(edge, from: from);
        await next.SendAsync(TcpPhone.Options("next", transport: "TLS"));
        (await next.ReceiveAsync()).StatusCode.Should().Be(200);
    }
}
