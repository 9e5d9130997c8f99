using System.Globalization;
using System.Net;
using SipGateway.Journeys.Tests.Running;

namespace SipGateway.Journeys.Tests;

/// <summary>A gateway on every address of the machine, IPv4 and IPv6.</summary>
public sealed class DualStackGateway : IAsyncLifetime
{
    private static int lastMac;

    private GatewayProcess? process;

    internal GatewayProcess Process => process!;

    public async ValueTask InitializeAsync() => process = await GatewayProcess.StartAsync(null, "--bind", "::", "--public-host", "127.0.0.1");

    public async ValueTask DisposeAsync() => await process!.DisposeAsync();

    internal IPEndPoint Listener(string transport, string address) =>
        new(IPAddress.Parse(address), Process[transport == "tls" ? "sips" : "sip"].Port);

    /// <summary>The account of a phone that was never seen before, fetched over the same family.</summary>
    internal async Task<(string User, string Password)> NewAccountAsync(string address)
    {
        var number = Interlocked.Increment(ref lastMac).ToString("x2", CultureInfo.InvariantCulture);
        var root = new IPEndPoint(IPAddress.Parse(address), Process["http"].Port);
        var (_, body) = await Programs.CurlAsync(
            $"http://{root}/001565aabb{number}.cfg", $"Yealink SIP-T46S 66.86.5.1 00:15:65:aa:bb:{number}", null, "-f");
        var file = YealinkFile.Parse(body);
        return (file["account.1.user_name"], file["account.1.password"]);
    }
}

/// <summary>Phones that nobody here wrote register over each transport and both families. Debian's SIPp speaks no TLS.</summary>
public sealed class TransportJourneyTests(DualStackGateway gateway) : IClassFixture<DualStackGateway>
{
    [Theory]
    [InlineData("udp", "127.0.0.1")]
    [InlineData("tcp", "127.0.0.1")]
    [InlineData("tls", "127.0.0.1")]
    [InlineData("udp", "::1")]
    [InlineData("tcp", "::1")]
    [InlineData("tls", "::1")]
    public async Task Baresip_Registers(string transport, string address)
    {
        var (user, password) = await gateway.NewAccountAsync(address);
        var trace = await new BaresipPhone(gateway.Listener(transport, address), user, password, transport).RegisterAsync();
        trace.Should().Contain($";received={address}").And.NotContain("received=::ffff:");
    }

    [Theory]
    [InlineData("udp", "127.0.0.1")]
    [InlineData("tcp", "127.0.0.1")]
    [InlineData("tls", "127.0.0.1")]
    [InlineData("udp", "::1")]
    [InlineData("tcp", "::1")]
    [InlineData("tls", "::1")]
    public async Task Linphone_Registers(string transport, string address)
    {
        var (user, password) = await gateway.NewAccountAsync(address);
        var log = await new LinphonePhone(gateway.Process, gateway.Listener(transport, address), user, password, transport).RegisterAsync();
        log.Should().Contain($"SIP/2.0/{transport.ToUpperInvariant()}").And.Contain($";received={address}").And.NotContain("received=::ffff:");
    }

    [Theory]
    [InlineData("u1")]
    [InlineData("t1")]
    public async Task Sipp_RegistersOverIpv6(string transport)
    {
        var (user, password) = await gateway.NewAccountAsync("::1");
        await new SippPhone(gateway.Listener("udp", "::1"), transport).RegisterAsync(user, password, "127.0.0.1");
    }
}
