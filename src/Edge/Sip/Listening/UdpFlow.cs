using System.Net;
using System.Net.Sockets;

namespace SipGateway.Edge;

/// <summary>One peer of one UDP socket. It is made anew for every datagram and kept nowhere: a flood of sources costs no memory.</summary>
internal sealed class UdpFlow(Socket socket, IPEndPoint local, IPEndPoint remote) : Flow
{
    private string? id;

    public override string Id => id ??= $"udp:{local}-{remote}";

    public override string Transport => "udp";

    public override IPEndPoint Local => local;

    public override IPEndPoint Remote => remote;

    public override bool TrySend(ReadOnlyMemory<byte> message)
    {
        try
        {
            return socket.SendTo(message.Span, SocketFlags.None, remote) == message.Length;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }
}
