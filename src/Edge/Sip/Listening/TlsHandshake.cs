using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.Extensions.Logging;

namespace SipGateway.Edge;

/// <summary>
/// Makes a TLS stream of an accepted socket: bounded in number before any cryptography and in time, and with the certificate of the moment. A
/// handshake that fails is a peer's doing: it is counted, and told at Debug.
/// </summary>
internal sealed partial class TlsHandshake(EdgeSipOptions options, EdgeSipMetrics metrics, ILogger<TlsHandshake> logger)
{
    private readonly SourceCounts underWay = new(options.Limits.MaxHandshakes, options.Limits.MaxHandshakesPerSource);

    /// <returns>Null when no handshake came about; the socket is closed.</returns>
    public async Task<Stream?> AcceptAsync(Socket socket, CancellationToken cancellation)
    {
        var source = ((IPEndPoint)socket.RemoteEndPoint!).Address;
        if (!underWay.TryEnter(source))
        {
            metrics.Handshake("limit");
            socket.Dispose();
            return null;
        }

        SslStream? stream = null;
        var outcome = "fault";
        try
        {
            stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            deadline.CancelAfter(options.Limits.HandshakeDeadline);
            await stream.AuthenticateAsServerAsync(Authentication(), deadline.Token);
            outcome = "none";
            return stream;
        }
        catch (OperationCanceledException)
        {
            outcome = "deadline";
        }
        catch (AuthenticationException e)
        {
            outcome = "refused";
            LogRefused(e);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            outcome = "closed";
        }
        finally
        {
            underWay.Leave(source);
            metrics.Handshake(outcome);
            if (outcome != "none")
            {
                stream?.Dispose();
                socket.Dispose();
            }
        }

        return null;
    }

    // TLS 1.2 is the least that RFC 8996 leaves. Renegotiation lets a peer make us compute for nothing (CVE-2011-1473).
    private SslServerAuthenticationOptions Authentication() => new()
    {
        ServerCertificateContext = options.Certificate!(),
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        AllowRenegotiation = false,
        ClientCertificateRequired = false,
    };

    [LoggerMessage(1, LogLevel.Debug, "A TLS handshake failed; the connection is closed.")]
    private partial void LogRefused(Exception exception);
}
