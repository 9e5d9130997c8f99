using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace SipGateway.PhoneSimulator;

/// <summary>The phone's voice: sends silence every 20 ms so that the other side learns its address, and counts what comes (RFC
/// 3550).</summary>
internal sealed class RtpSession : IAsyncDisposable
{
    private const int HeaderBytes = 12;
    private const int SamplesPerPacket = 160;
    private const byte PcmuSilence = 0xFF;
    private static readonly TimeSpan PacketTime = TimeSpan.FromMilliseconds(20);

    private readonly Socket _socket;
    private readonly CancellationTokenSource _stop = new();
    private readonly TimeProvider _clock;
    private Task _running = Task.CompletedTask;
    private int _packetsReceived;

    public RtpSession(IPAddress address, TimeProvider clock)
    {
        _clock = clock;
        _socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        _socket.Bind(new IPEndPoint(address, 0));
    }

    public IPEndPoint Local => (IPEndPoint)_socket.LocalEndPoint!;

    public int PacketsReceived => Volatile.Read(ref _packetsReceived);

    public void Start(IPEndPoint? peer) => _running = Task.WhenAll(ReceiveAsync(), peer is null ? Task.CompletedTask : SendAsync(peer));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[2048];
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var length = await _socket.ReceiveAsync(buffer, _stop.Token).ConfigureAwait(false);
                if (length > HeaderBytes && buffer[0] >> 6 == 2 && (buffer[1] & 0x7F) is 0 or 8)
                {
                    Interlocked.Increment(ref _packetsReceived);
                }
            }
            catch (Exception end) when (end is SocketException or OperationCanceledException)
            {
            }
        }
    }

    private async Task SendAsync(IPEndPoint peer)
    {
        var packet = new byte[HeaderBytes + SamplesPerPacket];
        packet[0] = 0x80;
        packet.AsSpan(HeaderBytes).Fill(PcmuSilence);
        Random.Shared.NextBytes(packet.AsSpan(8, 4));
        using var ticks = new PeriodicTimer(PacketTime, _clock);
        try
        {
            for (var number = 0u; ; number++)
            {
                BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)number);
                BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), number * SamplesPerPacket);
                await _socket.SendToAsync(packet, peer, _stop.Token).ConfigureAwait(false);
                await ticks.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false);
            }
        }
        catch (Exception end) when (end is SocketException or OperationCanceledException)
        {
        }
    }
}
