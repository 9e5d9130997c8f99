using System.Net.Sockets;
using SipGateway.Sip;

namespace SipGateway.PhoneSimulator;

/// <summary>A connected UDP socket: it hears its server only, as a phone does with <c>sip.trust_ctrl = 1</c>.</summary>
internal sealed class UdpFlow(Socket socket) : SipFlow(socket, "UDP")
{
    // One receive buffer per phone would be most of a fleet's memory; a phone's datagrams are small.
    private const int MaxDatagramBytes = 8192;

    public override async ValueTask SendAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellation)
    {
        try
        {
            await Socket.SendAsync(octets, cancellation).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            // An ICMP answer to an earlier datagram: UDP promises nothing, the retransmission will tell.
        }
    }

    protected override async Task ReadMessagesAsync(Func<SipMessage, ValueTask> onMessage, CancellationToken cancellation)
    {
        var buffer = new byte[MaxDatagramBytes];
        while (!cancellation.IsCancellationRequested)
        {
            int length;
            try
            {
                length = await Socket.ReceiveAsync(buffer, cancellation).ConfigureAwait(false);
            }
            catch (SocketException failure) when (failure.SocketErrorCode == SocketError.ConnectionRefused)
            {
                continue;
            }

            if (SipParser.ParseDatagram(buffer.AsMemory(0, length), SipLimits.Default).Message is { } message)
            {
                await onMessage(message).ConfigureAwait(false);
            }
        }
    }
}
