using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using SipGateway.Sip;
using SipGateway.Sip.Authentication;

namespace SipGateway.PhoneSimulator.Tests;

/// <summary>A small registrar over real UDP and TCP on one port: challenges, checks the digest, answers calls, and pushes
/// NOTIFYs.</summary>
internal sealed class TestRegistrar : IAsyncDisposable
{
    public const string Realm = "gw.test";

    private readonly Socket _udp = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private TcpListener _tcp = new(IPAddress.Loopback, 0);
    private readonly TcpListener _tls = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2? _certificate;
    private readonly ConcurrentDictionary<Socket, bool> _connections = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, int> _nonces = new();
    private readonly ConcurrentBag<Task> _running = [];
    private readonly Task _accepting;

    public TestRegistrar(X509Certificate2? certificate = null)
    {
        _certificate = certificate;
        _tcp.Start();
        while (!TryBind(_udp, _tcp.LocalEndpoint))
        {
            // The port was free for TCP only: another one.
            _tcp.Stop();
            _tcp = new TcpListener(IPAddress.Loopback, 0);
            _tcp.Start();
        }

        _running.Add(ServeUdpAsync());
        _tls.Start();
        _accepting = Task.WhenAll(AcceptAsync(_tcp), AcceptAsync(_tls));
    }

    public delegate ValueTask Send(ReadOnlyMemory<byte> octets);

    public int TlsPort => ((IPEndPoint)_tls.LocalEndpoint).Port;

    public int Port => ((IPEndPoint)_tcp.LocalEndpoint).Port;

    public string Password { get; set; } = "s3cret";

    public int ExpiresSeconds { get; set; } = 3600;

    /// <summary>Overrides what an authenticated request gets: status, phrase, further headers.</summary>
    public Func<SipRequest, (int Status, string Phrase, string? RetryAfter)?> Verdict { get; set; } = _ => null;

    public ConcurrentQueue<SipRequest> Requests { get; } = new();

    public ConcurrentQueue<SipResponse> Responses { get; } = new();

    public ConcurrentDictionary<string, (SipUri Contact, Send Send)> Bindings { get; } = new();

    /// <summary>Called when the ACK to a 200 came, with the RTP address of the offer.</summary>
    public Func<SipRequest, SipRequest, Send, Task> OnAnswered { get; set; } = (_, _, _) => Task.CompletedTask;

    public int KeepAlives { get; private set; }

    /// <summary>Closes every connection, as a restarted server would.</summary>
    public void Disconnect()
    {
        foreach (var socket in _connections.Keys)
        {
            socket.Dispose();
        }
    }

    public async Task NotifyAsync(string user, string eventHeader, string? xml = null)
    {
        var (contact, send) = Bindings[user];
        var notify = SipRequestBuilder.Create(SipMethod.Notify, contact)
            .Via("UDP", "127.0.0.1:" + Port, Via.MagicCookie + Guid.NewGuid().ToString("n"))
            .From(SipUri.Parse("sip:provision@gw.test"), "n").To(contact).CallId(Guid.NewGuid().ToString("n")).CSeq(1, SipMethod.Notify)
            .Add(SipHeaderName.Event, eventHeader).Add(SipHeaderName.SubscriptionState, "terminated");
        if (xml is not null)
        {
            notify.Body("application/xml", System.Text.Encoding.UTF8.GetBytes(xml));
        }

        await send(notify.Build());
    }

    public async ValueTask DisposeAsync()
    {
        // The loops end before the listeners do: a listener that was stopped throws at whoever still accepts from it.
        await _stop.CancelAsync();
        await _accepting;
        _udp.Dispose();
        _tcp.Stop();
        _tls.Stop();
        await Task.WhenAll(_running);
    }

    private static bool TryBind(Socket socket, EndPoint local)
    {
        try
        {
            socket.Bind(local);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task ServeUdpAsync()
    {
        var buffer = new byte[65_536];
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var received = await _udp.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
                var peer = (IPEndPoint)received.RemoteEndPoint;
                var result = SipParser.ParseDatagram(buffer.AsMemory(0, received.ReceivedBytes), SipLimits.Default);
                KeepAlives += result.Status == SipParseStatus.KeepAlive ? 1 : 0;
                await OnMessageAsync(result.Message, peer, async octets => await _udp.SendToAsync(octets, peer));
            }
            catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
            {
            }
        }
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                _running.Add(ServeStreamAsync(await listener.AcceptSocketAsync(_stop.Token), isTls: listener == _tls));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeStreamAsync(Socket socket, bool isTls)
    {
        _connections[socket] = true;
        await using var raw = new NetworkStream(socket, ownsSocket: true);
        await using var secured = new SslStream(raw);
        Stream stream = isTls ? secured : raw;
        var (buffer, filled) = (new byte[65_536], 0);
        try
        {
            if (isTls)
            {
                await secured.AuthenticateAsServerAsync(_certificate!);
            }

            while (await stream.ReadAsync(buffer.AsMemory(filled), _stop.Token) is var read and > 0)
            {
                filled += read;
                while (SipParser.ParseStream(buffer.AsMemory(0, filled), SipLimits.Default) is { ConsumedBytes: > 0 } result)
                {
                    KeepAlives += result.Status == SipParseStatus.KeepAlive ? 1 : 0;
                    buffer.AsSpan(result.ConsumedBytes, filled - result.ConsumedBytes).CopyTo(buffer);
                    filled -= result.ConsumedBytes;
                    var peer = (IPEndPoint)socket.RemoteEndPoint!;
                    await OnMessageAsync(result.Message, peer, octets => stream.WriteAsync(octets, _stop.Token));
                }
            }
        }
        catch (Exception end) when (end is OperationCanceledException or IOException or AuthenticationException or ObjectDisposedException)
        {
        }
        finally
        {
            _connections.TryRemove(socket, out _);
        }
    }

    private async Task OnMessageAsync(SipMessage? message, IPEndPoint peer, Send send)
    {
        if (message is SipResponse response)
        {
            Responses.Enqueue(response);
        }
        else if (message is SipRequest request)
        {
            SipRequestValidation.Check(request).Should().BeNull("the phone's {0} must be right", request);
            var invite = Requests.LastOrDefault(earlier => earlier.Method == SipMethod.Invite && earlier.CallId == request.CallId);
            Requests.Enqueue(request);
            if (request.Method != SipMethod.Ack)
            {
                await send(Answer(request, peer, send));
            }
            else if (invite is not null && request.To!.Tag == "answered")
            {
                _running.Add(OnAnswered(invite, request, send));
            }
        }
    }

    private byte[] Answer(SipRequest request, IPEndPoint peer, Send send)
    {
        if (request.Method == SipMethod.Bye)
        {
            return SipResponseBuilder.For(request, 200, source: peer).Build();
        }

        if (!IsAuthentic(request))
        {
            var nonce = Guid.NewGuid().ToString("n");
            _nonces[nonce] = 0;
            return SipResponseBuilder.For(request, 401, toTag: "challenge", source: peer)
                .Add(SipHeaderName.WwwAuthenticate, new DigestChallenge { Realm = Realm, Nonce = nonce }.Format()).Build();
        }

        if (Verdict(request) is { } verdict)
        {
            var refusal = SipResponseBuilder.For(request, verdict.Status, verdict.Phrase, "refused", peer);
            return (verdict.RetryAfter is null ? refusal : refusal.Add(SipHeaderName.RetryAfter, verdict.RetryAfter)).Build();
        }

        return request.Method == SipMethod.Invite ? AnswerCall(request, peer) : AnswerRegister(request, peer, send);
    }

    private byte[] AnswerRegister(SipRequest request, IPEndPoint peer, Send send)
    {
        var contact = request.Contacts!.Addresses.Single().Uri;
        var expires = Math.Min(request.ExpiresSeconds ?? 3600, (uint)ExpiresSeconds);
        if (expires == 0)
        {
            Bindings.TryRemove(contact.User!, out _);
            return SipResponseBuilder.For(request, 200, toTag: "r", source: peer).Build();
        }

        Bindings[contact.User!] = (contact, send);
        return SipResponseBuilder.For(request, 200, toTag: "r", source: peer)
            .Add(SipHeaderName.Contact, $"<{contact}>;expires={expires}").Build();
    }

    private byte[] AnswerCall(SipRequest request, IPEndPoint peer)
    {
        var sdp = $"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio {RtpPort} RTP/AVP 0\r\n";
        return SipResponseBuilder.For(request, 200, toTag: "answered", source: peer)
            .Add(SipHeaderName.Contact, $"<sip:feature@127.0.0.1:{Port}>")
            .Add(SipHeaderName.RecordRoute, $"<sip:127.0.0.1:{Port};lr;flow=abc>")
            .Body("application/sdp", System.Text.Encoding.ASCII.GetBytes(sdp)).Build();
    }

    public int RtpPort { get; set; } = 9;

    private bool IsAuthentic(SipRequest request)
    {
        if (request.GetText(SipHeaderName.Authorization) is not { } text || DigestCredentials.Parse(text) is not { } given
            || !_nonces.TryGetValue(given.Nonce, out var last) || given.NonceCount <= last)
        {
            return false;
        }

        _nonces[given.Nonce] = (int)given.NonceCount;
        var ha1 = DigestResponse.Ha1(given.Username, Realm, Password);
        var right = DigestResponse.Compute(
            DigestAlgorithm.Md5, ha1, request.Method.Text, given.Uri, given.Nonce, given.NonceCountText, given.Cnonce, given.Qop, []);
        return right == given.Response && given.Uri == request.RequestUri!.ToString();
    }
}
