using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace SipGateway.Edge;

/// <summary>
/// Plays the confirmation as RTP (RFC 3550): 20 ms a packet, to where the phone's packets come from as soon as one came, until then to the
/// address in its SDP. Only the phone's own addresses may turn the stream.
/// </summary>
internal sealed class RtpPlayer(Socket socket, IPAddress signalling, TimeProvider time) : IDisposable
{
    private const int HeaderBytes = 12;
    private const int PacketSamples = ConfirmationTone.SampleRate / 50;

    private static readonly TimeSpan PacketTime = TimeSpan.FromMilliseconds(20);

    private volatile IPEndPoint? seen;

    public IPEndPoint Local => (IPEndPoint)socket.LocalEndPoint!;

    /// <summary>Plays for that long, or until cancelled.</summary>
    public async Task PlayAsync(RtpTarget target, TimeSpan duration, CancellationToken cancellation)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var listening = ListenAsync(target.Target?.Address, done.Token);
        try
        {
            using var pace = new PeriodicTimer(PacketTime, time);
            var packet = NewPacket(target.PayloadType);

            // By the clock and not by counting: a busy machine loses ticks, and BYE is promised in time.
            var startedAt = time.GetTimestamp();
            for (var i = 0; time.GetElapsedTime(startedAt) < duration && await pace.WaitForNextTickAsync(done.Token); i++)
            {
                Fill(packet, i, target.Law);
                if (target.MaySend && (seen ?? target.Target) is { } to)
                {
                    await socket.SendToAsync(packet, SocketFlags.None, to, done.Token);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The phone hung up, or its address cannot be reached; the call ends as it would have.
        }
        finally
        {
            await done.CancelAsync();
            await listening;
        }
    }

    public void Dispose() => socket.Dispose();

    private static byte[] NewPacket(byte payloadType)
    {
        var packet = new byte[HeaderBytes + PacketSamples];
        packet[0] = 0x80;
        packet[1] = payloadType;
        RandomNumberGenerator.Fill(packet.AsSpan(2, 10));
        return packet;
    }

    private static void Fill(byte[] packet, int index, G711Law law)
    {
        // RFC 3551 §4.1: the marker tells the first packet of a talkspurt.
        packet[1] = (byte)((packet[1] & 0x7F) | (index == 0 ? 0x80 : 0));
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)(BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(2)) + 1));
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), BinaryPrimitives.ReadUInt32BigEndian(packet.AsSpan(4)) + PacketSamples);
        for (var i = 0; i < PacketSamples; i++)
        {
            packet[HeaderBytes + i] = G711.Encode(law, ConfirmationTone.Sample((index * PacketSamples) + i));
        }
    }

    private async Task ListenAsync(IPAddress? described, CancellationToken cancellation)
    {
        var buffer = new byte[2048];
        var any = new IPEndPoint(socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                var received = await socket.ReceiveFromAsync(buffer, SocketFlags.None, any, cancellation);
                var from = (IPEndPoint)received.RemoteEndPoint;
                if (received.ReceivedBytes >= HeaderBytes && buffer[0] >> 6 == 2
                    && (from.Address.Equals(signalling) || from.Address.Equals(described)))
                {
                    seen = from;
                }
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // An ICMP error to a packet sent before; the phone may still show another way.
            }
        }
    }
}
