using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using SipGateway.Sip;

namespace SipGateway.Cluster.Tests;

/// <summary>Phones that stay registered while things go wrong.</summary>
internal sealed class LedgerFleet : IAsyncDisposable
{
    private const int PhonesPerSocket = 200;

    // Desk phones of an office: most over UDP, some over TCP, some over TLS.
    private static readonly string[] Transports = ["UDP", "TCP", "UDP", "TLS", "UDP"];

    private readonly IPEndPoint[] _edges;
    private readonly IPEndPoint[] _secureEdges;
    private readonly X509Certificate2Collection _trusted;
    private readonly Dictionary<LedgerPhone, LedgerStream> _streams;
    private readonly int _refreshMs;
    private readonly Socket[] _sockets;
    private readonly CancellationTokenSource _stopping = new();
    private readonly long _began = TimeProvider.System.GetTimestamp();
    private readonly Task _running;
    private readonly Dictionary<string, LedgerPhone> _byUser;

    private LedgerFleet(TestCluster cluster, IPEndPoint[] edges, int count, TimeSpan refresh, long silenceMs, bool isUdpOnly)
    {
        _edges = edges;
        _secureEdges = cluster.Sips;
        _trusted = LedgerStream.Trust(cluster.Files.CaCertificate);
        _refreshMs = (int)refresh.TotalMilliseconds;
        _sockets = [.. Enumerable.Range(0, (count + PhonesPerSocket - 1) / PhonesPerSocket).Select(_ => Open(cluster.Here))];
        Phones = [.. Enumerable.Range(0, count).Select(n => new LedgerPhone(
            n, cluster.Keys, cluster.SipDomain, (IPEndPoint)_sockets[n / PhonesPerSocket].LocalEndPoint!, edges.Length, silenceMs,
            isUdpOnly ? "UDP" : Transports[n % Transports.Length]))];
        _streams = Phones.Where(phone => phone.Transport != "UDP").ToDictionary(phone => phone, phone => new LedgerStream(phone, this));
        _byUser = Phones.ToDictionary(phone => phone.User);
        var receiving = _sockets.Select(socket => Task.Run(() => ReceiveAsync(socket)));
        _running = Task.WhenAll([Task.Run(SendAsync), .. receiving]);
    }

    public LedgerPhone[] Phones { get; }

    public LedgerCounts Counts { get; } = new();

    /// <summary>Milliseconds since it began.</summary>
    public long NowMs => (long)TimeProvider.System.GetElapsedTime(_began).TotalMilliseconds;

    /// <summary>Starts phones; returns when all are registered.</summary>
    /// <param name="cluster">Where.</param>
    /// <param name="count">How many.</param>
    /// <param name="refresh">How often each registers.</param>
    /// <param name="through">What stands before each edge, which phones are as patient with as RFC 3261 has them; null: nothing does.</param>
    public static async Task<LedgerFleet> StartAsync(TestCluster cluster, int count, TimeSpan refresh, IPEndPoint[]? through = null)
    {
        var silenceMs = through is null ? LedgerPhone.ShortSilenceMs : LedgerPhone.TimerFMs;
        var fleet = new LedgerFleet(cluster, through ?? cluster.Sip, count, refresh, silenceMs, isUdpOnly: through is not null);
        while (fleet.Phones.Any(phone => !phone.IsRegistered))
        {
            fleet.NowMs.Should().BeLessThan(180_000, "all phones register; so far {0}; the cluster said {1}", fleet.Counts, cluster.Words);
            await Task.Delay(50);
        }

        return fleet;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        await Task.WhenAll(_streams.Values.Select(stream => stream.DisposeAsync().AsTask()));
        foreach (var socket in _sockets)
            socket.Dispose();
    }

    private static Socket Open(IPAddress here)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 4 * 1024 * 1024 };
        socket.Bind(new IPEndPoint(here, 0));
        return socket;
    }

    private async Task SendAsync()
    {
        // Spread over a refresh period from the start, as phones of a real morning are.
        while (!_stopping.IsCancellationRequested)
        {
            var now = NowMs;
            for (var n = 0; n < Phones.Length; n++)
            {
                if (now >= (long)n * _refreshMs / Phones.Length && Phones[n].Due(now) is { } message)
                    await SendAsync(n, message);
            }

            await Task.Delay(20);
        }
    }

    // A connection that opens slowly keeps no other phone waiting.
    private Task SendAsync(int phone, byte[] message)
    {
        if (_streams.GetValueOrDefault(Phones[phone]) is not { } stream)
            return _sockets[phone / PhonesPerSocket].SendToAsync(message, _edges[Phones[phone].Edge]);
        _ = stream.SendAsync(message, _stopping.Token);
        return Task.CompletedTask;
    }

    /// <summary>Where a phone on TCP or TLS connects to.</summary>
    internal IPEndPoint EdgeOf(LedgerPhone phone) => (phone.Transport == "TLS" ? _secureEdges : _edges)[phone.Edge];

    /// <summary>The CA that phones on TLS trust.</summary>
    internal X509Certificate2Collection Trusted => _trusted;

    /// <summary>Takes a message; says what to send back.</summary>
    internal byte[]? On(SipMessage? message)
    {
        switch (message)
        {
            case SipResponse response when int.TryParse(response.CallId?.Split('@')[0], out var number) && number < Phones.Length:
                return Phones[number].On(response, NowMs, _refreshMs, Counts);
            case SipRequest request:
                Notified(request)?.Notify(NowMs);
                return SipResponseBuilder.For(request, 200, toTag: "ledger").Build();
            default:
                return null;
        }
    }

    private async Task ReceiveAsync(Socket socket)
    {
        var buffer = new byte[8192];
        while (true)
        {
            SocketReceiveFromResult received;
            try
            {
                received = await socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _stopping.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            if (On(SipParser.ParseDatagram(buffer.AsMemory(0, received.ReceivedBytes).ToArray(), SipLimits.Default).Message) is { } next)
                await socket.SendToAsync(next, received.RemoteEndPoint);
        }
    }

    private LedgerPhone? Notified(SipRequest request)
    {
        var uri = System.Text.Encoding.ASCII.GetString(request.RawRequestUri.Span);
        return uri.Split(':', '@') is [_, var user, ..] ? _byUser.GetValueOrDefault(user) : null;
    }
}
