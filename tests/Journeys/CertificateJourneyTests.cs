using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using SipGateway.Journeys.Tests.Running;

namespace SipGateway.Journeys.Tests;

/// <summary>The operator renews the certificate; nobody restarts anything.</summary>
public sealed class CertificateJourneyTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Certificate_RenewedInItsFile_CountsForNewConnectionsAndOldOnesStay()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("certificate").FullName, "server.pem");
        Write(file, NewPem("first"));
        await using var gateway = await GatewayProcess.StartAsync(null, "--certificate", file);
        await using var sip = await ConnectAsync(gateway["sips"]);
        await using var https = await ConnectAsync(gateway["https"]);
        Name(sip).Should().Be("CN=first").And.Be(Name(https));

        Write(file, NewPem("second"));
        await ShownAsync(gateway["sips"], "CN=second");
        await ShownAsync(gateway["https"], "CN=second");

        // What cannot be used is told and changes nothing; what was open before is served still.
        Write(file, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        await Eventually.GetAsync(
            () => Task.FromResult(gateway.Output), o => o.Contains("The one before stays in use.", StringComparison.Ordinal), Patience, "the warning");
        await ShownAsync(gateway["sips"], "CN=second");
        (await AskAsync(sip, "OPTIONS sip:127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/TLS 127.0.0.1;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\n"
            + "To: <sip:127.0.0.1>\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n")).Should().StartWith("SIP/2.0 200 OK");
        (await AskAsync(https, "GET /nothing.cfg HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")).Should().StartWith("HTTP/1.1 ");
    }

    [Fact]
    public async Task Certificate_ThatIsNone_IsOneLineAtTheStart()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("certificate").FullName, "server.pem");
        Write(file, "nothing");
        var start = async () => await GatewayProcess.StartAsync(null, "--certificate", file);
        (await start.Should().ThrowAsync<InvalidOperationException>()).Which.Message.Should()
            .Contain("ended with 1").And.Contain($"sipgateway: --certificate {file} cannot be used").And.NotContain("   at ");
    }

    private static string NewPem(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n";
    }

    // As renewing programs do: the new file takes the old one's place.
    private static void Write(string path, string text)
    {
        File.WriteAllText(path + ".new", text);
        File.Move(path + ".new", path, overwrite: true);
    }

    private static async Task<SslStream> ConnectAsync(IPEndPoint to)
    {
        var socket = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(to);
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true });
        return stream;
    }

    private static string Name(SslStream stream) => stream.RemoteCertificate!.Subject;

    private static Task ShownAsync(IPEndPoint listener, string name) => Eventually.GetAsync(
        async () =>
        {
            await using var stream = await ConnectAsync(listener);
            return Name(stream);
        },
        n => n == name,
        Patience,
        $"a handshake with {name}");

    private static async Task<string> AskAsync(SslStream stream, string request)
    {
        using var deadline = new CancellationTokenSource(Patience);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), deadline.Token);
        var buffer = new byte[8192];
        return Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer, deadline.Token));
    }
}
