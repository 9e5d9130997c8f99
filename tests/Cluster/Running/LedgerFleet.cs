using System.Net;
using System.Net.Sockets;
using SipGateway.Sip;
using SipGateway.Trust;

namespace SipGateway.Cluster.Tests;

/// <summary>Phones that stay registered while things go wrong.</summary>
internal sealed class LedgerFleet : IAsyncDisposable
{
    private const int PhonesPerSocket = 200;

    private readonly IPEndPoint[] _edges;
    private readonly int _refreshMs;
    private readonly Socket[] _sockets;
    private readonly CancellationTokenSource _stopping = new();
    private readonly long _began = TimeProvider.System.GetTimestamp();
    private readonly Task _running;
    private readonly Dictionary<string, LedgerPhone> _byUser;

    private LedgerFleet(IPEndPoint[] edges, string domain, IPAddress here, KeyRing keys, int count, TimeSpan refresh, long silenceMs)
    {
        _edges = edges;
        _refreshMs = (int)refresh.TotalMilliseconds;
        _sockets = [.. Enumerable.Range(0, (count + PhonesPerSocket - 1) / PhonesPerSocket).Select(_ => Open(here))];
        Phones = [.. Enumerable.Range(0, count).Select(n => new LedgerPhone(
            n, keys, domain, (IPEndPoint)_sockets[n / PhonesPerSocket].LocalEndPoint!, edges.Length, silenceMs))];
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
        var fleet = new LedgerFleet(through ?? cluster.Sip, cluster.SipDomain, cluster.Here, cluster.Keys, count, refresh, through is null ? LedgerPhone.ShortSilenceMs : LedgerPhone.TimerFMs);
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
                    await _sockets[n / PhonesPerSocket].SendToAsync(message, _edges[Phones[n].Edge]);
            }

            await Task.Delay(20);
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

            switch (SipParser.ParseDatagram(buffer.AsMemory(0, received.ReceivedBytes).ToArray(), SipLimits.Default).Message)
            {
                case SipResponse response:
                    var phone = Phones[int.Parse(response.CallId!.Split('@')[0])];
                    if (phone.On(response, NowMs, _refreshMs, Counts) is { } next)
                        await socket.SendToAsync(next, _edges[phone.Edge]);
                    break;
                case SipRequest request:
                    Notified(request)?.Notify(NowMs);
                    await socket.SendToAsync(SipResponseBuilder.For(request, 200, toTag: "ledger").Build(), received.RemoteEndPoint);
                    break;
            }
        }
    }

    private LedgerPhone? Notified(SipRequest request)
    {
        var uri = System.Text.Encoding.ASCII.GetString(request.RawRequestUri.Span);
        return uri.Split(':', '@') is [_, var user, ..] ? _byUser.GetValueOrDefault(user) : null;
    }
}
