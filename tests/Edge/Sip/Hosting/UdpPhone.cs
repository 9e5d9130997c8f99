using System.Net;
using System.Net.Sockets;
using System.Text;
using SipGateway.Sip;
using SipGateway.Sip.Authentication;

namespace SipGateway.Edge.Tests.Sip;

/// <summary>A phone in a few lines: real datagrams, real digest.</summary>
internal sealed class UdpPhone : IDisposable
{
    private static int lastNumber;

    private readonly Socket socket;
    private readonly IPEndPoint edge;
    private uint cseq;

    public UdpPhone(IPEndPoint edge, string user, IPAddress? from = null)
    {
        this.edge = edge;
        User = user;
        socket = new Socket(edge.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(from ?? (edge.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Loopback : IPAddress.IPv6Loopback), 0));
        CallId = $"call-{Interlocked.Increment(ref lastNumber)}-{Guid.NewGuid():n}";
    }

    public string User { get; }

    public string CallId { get; }

    public string Domain { get; init; } = "gateway.test";

    public IPEndPoint Local => (IPEndPoint)socket.LocalEndPoint!;

    public string Contact => $"sip:{User}@{Local};line=1";

    public static string Authorize(SipResponse challenge, string user, string secret, string method, string uri) =>
        DigestChallenge.Parse(challenge.GetText(SipHeaderName.WwwAuthenticate))!.Answer(user, secret, method, uri, "c0ffee");

    /// <summary>A request as text; headers end with CRLF each.</summary>
    public string Request(
        string method, string uri, string headers = "", string body = "", string? to = null, string? branch = null, uint? number = null) =>
        $"{method} {uri} SIP/2.0\r\nVia: SIP/2.0/UDP {Local};branch={branch ?? "z9hG4bK" + Guid.NewGuid().ToString("n")};rport\r\n"
        + $"From: <sip:{User}@{Domain}>;tag=f1\r\nTo: {to ?? $"<sip:{User}@{Domain}>"}\r\nCall-ID: {CallId}\r\n"
        + $"CSeq: {number ?? ++cseq} {method}\r\nMax-Forwards: 70\r\nUser-Agent: Yealink SIP-T46S 66.86.5.1\r\n{headers}"
        + $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    public string Register(string headers = "", string? to = null) =>
        Request("REGISTER", $"sip:{Domain}", $"Contact: <{Contact}>;expires=300\r\n" + headers, to: to);

    public void Send(string message) => Send(Encoding.UTF8.GetBytes(message));

    /// <summary>To another edge than its own, as a balancer would.</summary>
    public void SendTo(IPEndPoint other, string message) => socket.SendTo(Encoding.UTF8.GetBytes(message), other);

    public void Send(byte[] message) => socket.SendTo(message, edge);

    public async Task<SipMessage> ReceiveAsync(int seconds = 5) =>
        await TryReceiveAsync(TimeSpan.FromSeconds(seconds)) ?? throw new TimeoutException($"nothing came within {seconds} s");

    public async Task<SipMessage?> TryReceiveAsync(TimeSpan patience)
    {
        var buffer = new byte[65_536];
        using var deadline = new CancellationTokenSource(patience);
        try
        {
            var received = await socket.ReceiveFromAsync(buffer, SocketFlags.None, edge, deadline.Token);
            return SipParser.ParseDatagram(buffer.AsMemory(0, received.ReceivedBytes), SipLimits.Default).Message;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    public async Task<SipResponse> AskAsync(string request)
    {
        Send(request);
        return await FinalAsync();
    }

    public async Task<SipResponse> FinalAsync()
    {
        while (true)
        {
            if (await ReceiveAsync() is SipResponse { IsFinal: true } response)
            {
                return response;
            }
        }
    }

    /// <summary>Challenge and answer.</summary>
    public async Task<SipResponse> RegisterAsync(string secret, string headers = "", string? to = null)
    {
        var challenge = await AskAsync(Register(headers, to));
        challenge.StatusCode.Should().Be(401);
        var authorization = Authorize(challenge, User, secret, "REGISTER", $"sip:{Domain}");
        return await AskAsync(Register($"Authorization: {authorization}\r\n" + headers, to));
    }

    /// <summary>A challenged INVITE, acknowledged and sent again with digest; the answer is the caller's to receive.</summary>
    public async Task<string> InviteAsync(string uri, string secret, string body, string headers = "")
    {
        var first = Request("INVITE", uri, $"Contact: <{Contact}>\r\n" + Describe(body) + headers, body, to: $"<{uri}>");
        var challenge = await AskAsync(first);
        challenge.StatusCode.Should().Be(401);
        Ack(challenge, uri, first);
        var authorization = $"Authorization: {Authorize(challenge, User, secret, "INVITE", uri)}\r\nContact: <{Contact}>\r\n";
        var second = Request("INVITE", uri, authorization + Describe(body) + headers, body, to: $"<{uri}>");
        Send(second);
        return second;
    }

    /// <summary>Acknowledges a refusal: same branch, same CSeq.</summary>
    public void Ack(SipResponse response, string uri, string invite)
    {
        var branch = SipParser.ParseDatagram(Encoding.UTF8.GetBytes(invite), SipLimits.Default).Message!.TopVia!.Branch;
        Send(Request("ACK", uri, to: response.GetText(SipHeaderName.To), branch: branch, number: response.CSeq!.Number));
    }

    /// <summary>Acknowledges a 200.</summary>
    public void AckOk(SipResponse response, string body = "") => Send(Request(
        "ACK", response.Contacts!.Addresses[0].Uri.ToString(), Describe(body), body,
        response.GetText(SipHeaderName.To), number: response.CSeq!.Number));

    public void Answer(SipRequest request, int status, string headers = "") => Send(
        Encoding.UTF8.GetString(SipResponseBuilder.For(request, status, toTag: "p1").Build())
            .Replace("Content-Length", headers + "Content-Length"));

    public void Dispose() => socket.Dispose();

    private static string Describe(string body) => body.Length == 0 ? "" : "Content-Type: application/sdp\r\n";
}
