using System.Net;
using System.Net.Sockets;
using System.Text;
using SipGateway.Sip;

namespace SipGateway.Edge.Tests.Sip;

/// <summary>One connection to an edge, octet by octet.</summary>
internal sealed class TcpPhone : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly List<byte> received = [];

    private TcpPhone()
    {
    }

    public static async Task<TcpPhone> ConnectAsync(IPEndPoint edge)
    {
        var phone = new TcpPhone();
        await phone.socket.ConnectAsync(edge);
        return phone;
    }

    /// <summary>An OPTIONS that gets a 200; headers end with CRLF each and bring the Content-Length.</summary>
    public static string Options(string callId, string headers = "Content-Length: 0\r\n", string body = "") =>
        $"OPTIONS sip:gateway.test SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1;branch=z9hG4bK{callId};rport\r\n"
        + $"From: <sip:a@b>;tag=1\r\nTo: <sip:gateway.test>\r\nCall-ID: {callId}\r\nCSeq: 1 OPTIONS\r\n{headers}\r\n{body}";

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> octets)
    {
        while (!octets.IsEmpty)
        {
            octets = octets[await socket.SendAsync(octets)..];
        }
    }

    /// <summary>Says that nothing more comes; answers still do.</summary>
    public void EndSending() => socket.Shutdown(SocketShutdown.Send);

    /// <summary>Ends with RST, as a crashed peer's kernel does.</summary>
    public void Abort() => socket.Close(0);

    /// <summary>The next response.</summary>
    public async Task<SipResponse> ReceiveAsync(int seconds = 5)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        while (true)
        {
            var all = received.ToArray();
            var result = SipParser.ParseStream(all, SipLimits.Default);
            if (result.Status == SipParseStatus.Complete)
            {
                received.RemoveRange(0, result.ConsumedBytes);
                return (SipResponse)result.Message!;
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

    public void Dispose() => socket.Dispose();

    private async Task<bool> ReadAsync(CancellationToken cancellation)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            var read = await socket.ReceiveAsync(buffer, cancellation);
            received.AddRange(buffer.AsSpan(0, read));
            return read > 0;
        }
        catch (SocketException)
        {
            // A reset is an end, too.
            return false;
        }
    }
}
