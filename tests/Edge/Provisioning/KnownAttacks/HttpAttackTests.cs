using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using SipGateway.Edge.Tests.Sip;
using SipGateway.Tests.KnownAttacks;

namespace SipGateway.Edge.Tests.Provisioning.KnownAttacks;

/// <summary>Attacks on web servers and on provisioning, against ours.</summary>
public sealed class HttpAttackTests(EdgeFixture edge) : ProvisioningTest(edge)
{
    [Theory]
    [InlineData("2;\nxx\r\nxy\r\n0\r\n\r\n")]
    [InlineData("2;a\nb\r\nxy\r\n0\r\n\r\n")]
    [InlineData("2\nxy\n0\n\n")]
    [InlineData("-2\r\nxy\r\n0\r\n\r\n")]
    [InlineData("100000002\r\nxy\r\n0\r\n\r\n")]
    [KnownAttack("CVE-2025-55315")]
    public async Task Chunk_WithABareLineFeedInItsExtension_HidesNoRequest(string chunks)
    {
        var hidden = $"GET /{Mac}.cfg HTTP/1.1\r\nHost: hidden\r\nConnection: close\r\nUser-Agent: {UserAgent(Mac)}\r\n\r\n";
        var answer = await Server.RawAsync($"POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}{hidden}");

        answer.Should().NotContain("HTTP/1.1 200").And.NotContain("account.1");
    }

    [Fact]
    [KnownAttack("CVE-2023-44487")]
    public async Task Streams_OpenedAndResetInAFlood_EndTheirConnectionAndNoOther()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Server.HttpsPort);
        await using var tls = new SslStream(client.GetStream(), false, (_, _, _, _) => true);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "x", ApplicationProtocols = [SslApplicationProtocol.Http2] });
        await tls.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray());
        await tls.WriteAsync(Frame(4, 0, 0, []));

        // :method GET, :scheme https, :path /, :authority x
        byte[] headers = [0x82, 0x87, 0x84, 0x41, 0x01, (byte)'x'];
        try
        {
            for (var stream = 1; stream < 20_000; stream += 2)
            {
                await tls.WriteAsync((byte[])[.. Frame(1, 5, stream, headers), .. Frame(3, 0, stream, [0, 0, 0, 8])]);
            }

            // Whoever is still connected is told to go away.
            (await ReadToEndAsync(tls)).Should().Contain(7, "GOAWAY is frame type 7");
        }
        catch (IOException)
        {
            // Cut off in the middle of the flood: as good.
        }

        (await Server.GetAsync($"/{Mac}.cfg", UserAgent(Mac))).Status.Should().Be(200);
    }

    [Fact]
    [KnownAttack("CVE-2023-22955/6/7")]
    public async Task Bootstrap_OfTheSamePhoneTwice_HasNoFixedKey()
    {
        var first = await BootstrapAsync();
        var second = await BootstrapAsync();

        foreach (var key in new[] { "account.1.password", "account.1.user_name", "static.auto_provision.server.url" })
        {
            second[key].Should().NotBe(first[key], "{0} is of this candidate alone", key);
        }

        first.Text.Should().NotContain("PRIVATE KEY");
    }

    [Fact]
    [KnownAttack("CVE-2024-24681")]
    public async Task Config_OverPlainHttp_HasNoSecretOfTheLine()
    {
        var path = $"{InService()}{Mac}.cfg";

        (await GetAsync(path)).Text.Should().NotContain("SECRET-OF-THE-LINE").And.NotContain("Alice Adams");
        (await GetAsync(path, isSecure: true)).Text.Should().Contain("SECRET-OF-THE-LINE");
    }

    [Fact]
    [KnownAttack("CVE-2026-25667, CVE-2026-50651, -62901, -69651, -96959")]
    public async Task Http3_IsNeitherOfferedNorListenedFor()
    {
        (await Server.GetAsync($"/{Mac}.cfg", UserAgent(Mac), isSecure: true)).Headers.Should().NotContainKey("Alt-Svc");
        var source = Path.GetFullPath(Path.Combine(SharedData.Folder("rfc4475"), "..", "..", "..", RepositoryName(), "src"));
        Directory.GetFiles(source, "*.cs", SearchOption.AllDirectories)
            .Where(f => File.ReadAllText(f).Contains("Http3", StringComparison.Ordinal) || File.ReadAllText(f).Contains("AndHttp3", StringComparison.Ordinal))
            .Should().BeEmpty();
    }

    [Theory]
    [InlineData("Content-Length: -1")]
    [InlineData("Content-Length: +5")]
    [InlineData("Content-Length: 4294967328")]
    [InlineData("Content-Length: 5\r\nContent-Length: 6")]
    [InlineData("Content-Length: 5\r\nTransfer-Encoding: chunked")]
    [InlineData("Transfer-Encoding: xchunked")]
    [InlineData("Content-Length : 5")]
    [KnownAttack("CVE-2026-49840")]
    public async Task Length_ThatCannotBeTrusted_HidesNoRequest(string header)
    {
        var hidden = $"GET /{Mac}.cfg HTTP/1.1\r\nHost: hidden\r\nConnection: close\r\nUser-Agent: {UserAgent(Mac)}\r\n\r\n";
        var answer = await Server.RawAsync($"POST /x HTTP/1.1\r\nHost: x\r\n{header}\r\nConnection: close\r\n\r\n{hidden}");

        answer.Should().NotContain("HTTP/1.1 200").And.NotContain("account.1");
    }

    private static byte[] Frame(byte type, byte flags, int stream, byte[] payload) =>
    [
        0, (byte)(payload.Length >> 8), (byte)payload.Length, type, flags,
        (byte)(stream >> 24), (byte)(stream >> 16), (byte)(stream >> 8), (byte)stream, .. payload,
    ];

    private static async Task<List<byte>> ReadToEndAsync(Stream stream)
    {
        var types = new List<byte>();
        var head = new byte[9];
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (await stream.ReadAtLeastAsync(head, 9, false, deadline.Token) == 9 && !types.Contains(7))
        {
            types.Add(head[3]);
            await stream.ReadExactlyAsync(new byte[(head[0] << 16) | (head[1] << 8) | head[2]], deadline.Token);
        }

        return types;
    }

    private static string RepositoryName()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SipGateway.Orleans.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.Name;
    }
}
