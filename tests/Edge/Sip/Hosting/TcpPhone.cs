using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using SipGateway.Sip;

namespace SipGateway.Edge.Tests.Sip;

/// <summary>One connection to an edge, octet by octet; over TLS record by record.</summary>
internal sealed class TcpPhone : IDisposable
{
    private readonly Socket socket;
    private readonly List<byte> received = [];
    private Stream stream = Stream.Null;

    private TcpPhone(AddressFamily family) => socket = new Socket(family, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    public IPEndPoint Local => (IPEndPoint)socket.LocalEndPoint!;

    /// <summary>The TLS stream; null when it is plain TCP.</summary>
    public SslStream? Tls => stream as SslStream;

    public static async Task<TcpPhone> ConnectAsync(IPEndPoint edge, IPAddress? from = null, int? receiveBuffer = null, IPEndPoint? local = null)
    {
        var phone = new TcpPhone(edge.AddressFamily);
        if (receiveBuffer is { } size)
        {
            phone.socket.ReceiveBufferSize = size;
        }

        if ((local ?? (from is null ? null : new IPEndPoint(from, 0))) is { } bound)
        {
            phone.socket.Bind(bound);
        }

        await phone.socket.ConnectAsync(edge);
        phone.stream = new NetworkStream(phone.socket, ownsSocket: true);
        return phone;
    }

    /// <summary>A connection whose handshake is done, or what made it fail.</summary>
    /// <param name="edge">The TLS listener.</param>
    /// <param name="protocols">None: the best of both.</param>
    /// <param name="pieces">Most octets that go out in one TCP segment; null: whole records.</param>
    /// <param name="receiveBuffer">Of the socket.</param>
    /// <param name="from">The address to come from.</param>
    public static async Task<TcpPhone> ConnectTlsAsync(
        IPEndPoint edge, SslProtocols protocols = SslProtocols.None, int? pieces = null, int? receiveBuffer = null, IPAddress? from = null)
    {
        var phone = await ConnectAsync(edge, from, receiveBuffer);
        var wire = pieces is { } octets ? new PiecewiseStream(phone.stream, octets) : phone.stream;
        var tls = new SslStream(wire);
        phone.stream = tls;
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "gateway.test", EnabledSslProtocols = protocols, RemoteCertificateValidationCallback = (_, _, _, _) => true,
            },
            deadline.Token);
        return phone;
    }

    /// <summary>An OPTIONS that gets a 200; headers end with CRLF each and bring the Content-Length.</summary>
    public static string Options(string callId, string headers = "Content-Length: 0\r\n", string body = "", string transport = "TCP") =>
        $"OPTIONS sip:gateway.test SIP/2.0\r\nVia: SIP/2.0/{transport} 127.0.0.1;branch=z9hG4bK{callId};rport\r\n"
        + $"From: <sip:a@b>;tag=1\r\nTo: <sip:gateway.test>\r\nCall-ID: {callId}\r\nCSeq: 1 OPTIONS\r\n{headers}\r\n{body}";

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellation = default) =>
        await stream.WriteAsync(octets, cancellation);

    /// <summary>Past TLS, onto the wire.</summary>
    public Task SendRawAsync(ReadOnlyMemory<byte> octets) => socket.SendAsync(octets).AsTask();

    /// <summary>A REGISTER that binds this connection.</summary>
    public string Register(string user, int number, string headers = "", string scheme = "sip", string host = "gateway.test")
    {
        var transport = Tls is null ? "TCP" : "TLS";
        return $"REGISTER {scheme}:{host} SIP/2.0\r\nVia: SIP/2.0/{transport} {Local};branch=z9hG4bK{Guid.NewGuid():n};rport\r\n"
            + $"From: <{scheme}:{user}@{host}>;tag=1\r\nTo: <{scheme}:{user}@{host}>\r\nCall-ID: {user}\r\nCSeq: {number} REGISTER\r\n"
            + $"Contact: <{scheme}:{user}@{Local};transport={transport.ToLowerInvariant()}>\r\n{headers}Content-Length: 0\r\n\r\n";
    }

    /// <summary>Challenge and answer.</summary>
    public async Task<SipResponse> RegisterAsync(string user, string secret, string scheme = "sip")
    {
        await SendAsync(Register(user, 1, scheme: scheme));
        var challenge = await ReceiveAsync();
        challenge.StatusCode.Should().Be(401);
        var authorization = UdpPhone.Authorize(challenge, user, secret, "REGISTER", $"{scheme}:gateway.test");
        await SendAsync(Register(user, 2, $"Authorization: {authorization}\r\n", scheme));
        return await ReceiveAsync();
    }

    /// <summary>Says that nothing more comes; answers still do.</summary>
    public void EndSending() => socket.Shutdown(SocketShutdown.Send);

    /// <summary>Ends with RST, as a crashed peer's kernel does.</summary>
    public void Abort() => socket.Close(0);

    /// <summary>The next response.</summary>
    public async Task<SipResponse> ReceiveAsync(int seconds = 5) => (SipResponse)await NextAsync(seconds);

    /// <summary>The next message.</summary>
    public async Task<SipMessage> NextAsync(int seconds = 5)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        while (true)
        {
            var all = received.ToArray();
            var result = SipParser.ParseStream(all, SipLimits.Default);
            if (result.Status == SipParseStatus.Complete)
            {
                received.RemoveRange(0, result.ConsumedBytes);
                return result.Message!;
            }

            (await ReadAsync(deadline.Token)).Should().BeTrue("an answer comes before the end; so far: " + Encoding.UTF8.GetString(all));
        }
    }

    /// <summary>Whatever comes until the edge closes; fails when it does not.</summary>
    public async Task<string> ReadToEndAsync(int seconds = 5)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        while (await ReadAsync(deadline.Token))
        {
        }

        return Encoding.UTF8.GetString(received.ToArray());
    }

    /// <summary>The responses that come until the edge closes.</summary>
    public async Task<IReadOnlyList<SipResponse>> ResponsesToEndAsync(int seconds = 5)
    {
        await ReadToEndAsync(seconds);
        var responses = new List<SipResponse>();
        var rest = received.ToArray();
        while (SipParser.ParseStream(rest, SipLimits.Default) is { ConsumedBytes: > 0 } result)
        {
            rest = rest[result.ConsumedBytes..];
            if (result.Status != SipParseStatus.KeepAlive)
            {
                responses.Add((SipResponse)result.Message!);
            }
        }

        return responses;
    }

    public void Dispose()
    {
        stream.Dispose();
        socket.Dispose();
    }

    private async Task<bool> ReadAsync(CancellationToken cancellation)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            var read = await stream.ReadAsync(buffer, cancellation);
            received.AddRange(buffer.AsSpan(0, read));
            return read > 0;
        }
        catch (IOException)
        {
            // A reset is an end, too.
            return false;
        }
    }
}
