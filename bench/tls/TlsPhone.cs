using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using SipGateway.Sip;
using SipGateway.Sip.Authentication;

namespace SipGateway.Tls;

/// <summary>One phone on one TLS connection.</summary>
internal sealed class TlsPhone(string user, string password, string domain, IPAddress address, IPEndPoint server)
{
    private readonly string callId = Guid.NewGuid().ToString("N");
    private readonly byte[] buffer = new byte[16 * 1024];
    private int filled;
    private uint cseq;

    /// <summary>A line of an injection file: <c>user;[authentication username=… password=…];domain</c>.</summary>
    public static TlsPhone Of(string line, IPAddress address, IPEndPoint server)
    {
        var fields = line.Split(';');
        var password = fields[1].Split("password=")[1].TrimEnd(']');
        return new TlsPhone(fields[0], password, fields[2], address, server);
    }

    public async Task RunAsync(TlsCounts counts)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(address, 0));
        await socket.ConnectAsync(server);
        await using var tls = new SslStream(new NetworkStream(socket));
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "127.0.0.1",
            RemoteCertificateValidationCallback = (_, _, _, _) => true, // Two servers with two CAs, on this very machine.
        });
        var local = (IPEndPoint)socket.LocalEndPoint!;
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        do
        {
            var challenge = await AskAsync(tls, local, "", 401);
            var answer = DigestChallenge.Parse(challenge.GetText(SipHeaderName.WwwAuthenticate))!;
            await AskAsync(tls, local, $"Authorization: {answer.Answer(user, password, "REGISTER", $"sip:{domain}", "c0ffee")}\r\n", 200);
            Interlocked.Increment(ref counts.Registered);
        }
        while (await second.WaitForNextTickAsync());
    }

    private async Task<SipResponse> AskAsync(SslStream tls, IPEndPoint local, string authorization, int expected)
    {
        cseq++;
        await tls.WriteAsync(Encoding.ASCII.GetBytes(
            $"REGISTER sip:{domain} SIP/2.0\r\nVia: SIP/2.0/TLS {local};branch=z9hG4bK{callId}-{cseq};rport\r\nFrom: <sip:{user}@{domain}>;tag=f{callId}\r\n"
            + $"To: <sip:{user}@{domain}>\r\nCall-ID: {callId}\r\nCSeq: {cseq} REGISTER\r\nContact: <sip:{user}@{local};transport=tls>\r\n{authorization}"
            + "Max-Forwards: 70\r\nExpires: 300\r\nUser-Agent: Yealink SIP-T46S 66.86.5.1\r\nContent-Length: 0\r\n\r\n"));
        while (true)
        {
            switch (await ReceiveAsync(tls))
            {
                case SipResponse response when response.StatusCode == expected:
                    return response;
                case SipResponse response:
                    throw new InvalidOperationException($"{response.StatusCode} instead of {expected}");
                case SipRequest request:
                    await tls.WriteAsync(SipResponseBuilder.For(request, 200, toTag: "bench").Build());
                    break;
            }
        }
    }

    private async Task<SipMessage> ReceiveAsync(SslStream tls)
    {
        while (true)
        {
            var result = SipParser.ParseStream(buffer.AsMemory(0, filled), SipLimits.Default);
            if (result.Status == SipParseStatus.Rejected)
            {
                throw new InvalidOperationException($"an answer that cannot be read: {result.Reason}");
            }

            Buffer.BlockCopy(buffer, result.ConsumedBytes, buffer, 0, filled - result.ConsumedBytes);
            filled -= result.ConsumedBytes;
            if (result.Message is { } message)
            {
                return message;
            }

            var read = await tls.ReadAsync(buffer.AsMemory(filled));
            filled += read > 0 ? read : throw new IOException("the server closed the connection");
        }
    }
}

/// <summary>What happened, counted.</summary>
internal sealed class TlsCounts
{
    public long Registered;
}
