using System.Diagnostics;
using System.Net.Sockets;

namespace SipGateway.Edge.Tests.Sip;

/// <summary>An edge that is told to end sends its phones away so that nobody notices.</summary>
public sealed class DrainTests(EdgeFixture fixture)
{
    private const int Connections = 40;
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Stop_WithTimeToDrain_EndsConnectionsOneByOneAndServesMeanwhile()
    {
        var (host, edge) = await fixture.StartEdgeAsync(EdgeFixture.Options with { EdgeId = "draining", DrainTime = Drain });
        using var _ = host;
        await Eventually.IsTrue(() => edge.IsReady, "it is ready");
        var phones = await Task.WhenAll(Enumerable.Range(0, Connections).Select(i => i % 2 == 0
            ? TcpPhone.ConnectAsync(edge.TcpEndPoint)
            : TcpPhone.ConnectTlsAsync(edge.TlsEndPoint!)));
        await AskAllAsync(phones);
        using var datagrams = new UdpPhone(edge.UdpEndPoint, "nobody");

        var clock = Stopwatch.StartNew();
        var stopping = host.StopAsync();
        var ends = phones.Select(async phone =>
        {
            await phone.ReadToEndAsync(seconds: 10);
            return clock.Elapsed;
        }).ToList();

        edge.IsReady.Should().BeFalse("a balancer sends nobody here");
        edge.IsConnected.Should().BeTrue("orders still reach its phones");
        var connect = async () => (await TcpPhone.ConnectAsync(edge.TcpEndPoint)).Dispose();
        await connect.Should().ThrowAsync<SocketException>("who comes now goes to another edge");
        (await datagrams.AskAsync(datagrams.Request("OPTIONS", "sip:gateway.test"))).StatusCode.Should().Be(200);
        clock.Elapsed.Should().BeLessThan(Drain / 2, "this was asked while it drained");
        var times = (await Task.WhenAll(ends)).Order().ToList();
        await stopping;

        times[^1].Should().BeLessThan(Drain + TimeSpan.FromSeconds(2));
        for (var part = 1; part < 4; part++)
        {
            times[(Connections * part / 4) - 1].Should().BeCloseTo(Drain * part / 4, TimeSpan.FromSeconds(0.6), "they end evenly");
        }

        Array.ForEach(phones, phone => phone.Dispose());
    }

    [Fact]
    public async Task Stop_WithoutTimeToDrain_EndsAtOnce()
    {
        var (host, edge) = await fixture.StartEdgeAsync(EdgeFixture.Options with { EdgeId = "hasty" });
        using var _ = host;
        using var phone = await TcpPhone.ConnectAsync(edge.TcpEndPoint);
        await AskAllAsync([phone]);

        var clock = Stopwatch.StartNew();
        var stopping = host.StopAsync();
        await phone.ReadToEndAsync();
        await stopping;

        clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(2));
    }

    private static async Task AskAllAsync(IReadOnlyList<TcpPhone> phones)
    {
        foreach (var (i, phone) in phones.Index())
        {
            await phone.SendAsync(TcpPhone.Options($"drain-{i}", transport: phone.Tls is null ? "TCP" : "TLS"));
            (await phone.ReceiveAsync()).StatusCode.Should().Be(200);
        }
    }
}
