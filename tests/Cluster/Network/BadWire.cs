using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace SipGateway.Cluster.Tests.Network;

/// <summary>
/// A wire between phones and one edge that loses, doubles, overtakes, corrupts and delays datagrams: what netem does, for kernels without it. The
/// edge sees another port for each of the phones' sockets.
/// </summary>
internal sealed class BadWire : IAsyncDisposable
{
    private static readonly TimeSpan OvertakenBy = TimeSpan.FromMilliseconds(50);

    private readonly IPAddress _here;
    private readonly IPEndPoint _edge;
    private readonly Socket _phonesSide;
    private readonly ConcurrentDictionary<EndPoint, Socket> _edgeSide = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentBag<Task> _running = [];
    private readonly Random _dice;
    private volatile WireFaults _faults = WireFaults.None;

    public BadWire(IPAddress here, IPEndPoint edge, int seed)
    {
        (_here, _edge, _dice) = (here, edge, new Random(seed));
        _phonesSide = Open(here);
        _running.Add(Task.Run(() => PassAsync(_phonesSide, (from, datagram) => SendAsync(EdgeSideOf(from), _edge, datagram))));
    }

    /// <summary>Where phones send to.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)_phonesSide.LocalEndPoint!;

    /// <summary>What it does from now on.</summary>
    public WireFaults Faults { set => _faults = value; }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running);
        foreach (var socket in _edgeSide.Values.Append(_phonesSide))
            socket.Dispose();
        _stopping.Dispose();
    }

    private static Socket Open(IPAddress here)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 4 * 1024 * 1024 };
        socket.Bind(new IPEndPoint(here, 0));
        return socket;
    }

    private Socket EdgeSideOf(EndPoint phone)
    {
        if (_edgeSide.TryGetValue(phone, out var known))
            return known;
        var socket = _edgeSide[phone] = Open(_here);
        _running.Add(Task.Run(() => PassAsync(socket, (_, datagram) => SendAsync(_phonesSide, phone, datagram))));
        return socket;
    }

    private async Task PassAsync(Socket from, Func<EndPoint, byte[], Task> pass)
    {
        var buffer = new byte[8192];
        while (true)
        {
            try
            {
                var received = await from.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _stopping.Token);
                await pass(received.RemoteEndPoint, buffer[..received.ReceivedBytes]);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task SendAsync(Socket socket, EndPoint to, byte[] datagram)
    {
        var faults = _faults;
        if (Falls(faults.Lost))
            return;
        if (Falls(faults.Corrupted))
            TurnBit(datagram);
        for (var copies = Falls(faults.Doubled) ? 2 : 1; copies > 0; copies--)
        {
            var delay = faults.Delay + faults.Jitter * (2 * Next() - 1) + (Falls(faults.Overtaken) ? OvertakenBy : TimeSpan.Zero);
            if (delay > TimeSpan.Zero)
                _ = SendLaterAsync(socket, to, datagram, delay);
            else
                await socket.SendToAsync(datagram, to);
        }
    }

    private async Task SendLaterAsync(Socket socket, EndPoint to, byte[] datagram, TimeSpan delay)
    {
        try
        {
            await Task.Delay(delay, _stopping.Token);
            await socket.SendToAsync(datagram, to, _stopping.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The wire is gone.
        }
    }

    private void TurnBit(byte[] datagram)
    {
        lock (_dice)
            datagram[_dice.Next(datagram.Length)] ^= (byte)(1 << _dice.Next(8));
    }

    private bool Falls(double part) => part > 0 && Next() < part;

    private double Next()
    {
        lock (_dice)
            return _dice.NextDouble();
    }
}
