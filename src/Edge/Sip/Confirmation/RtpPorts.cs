using System.Net;
using System.Net.Sockets;

namespace SipGateway.Edge;

/// <summary>The even UDP ports for sound, handed out in turn so that a late packet of one call does not reach the next.</summary>
internal sealed class RtpPorts(EdgeSipOptions options)
{
    private readonly int first = options.FirstRtpPort + (options.FirstRtpPort & 1);
    private int turn;

    /// <summary>A bound socket, or null when every port is in use.</summary>
    public Socket? TryTake(IPAddress local)
    {
        var count = ((options.LastRtpPort - first) / 2) + 1;
        for (var i = 0; i < count; i++)
        {
            var port = first + (2 * (int)((uint)Interlocked.Increment(ref turn) % (uint)count));
            var socket = new Socket(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                socket.Bind(new IPEndPoint(local, port));
                return socket;
            }
            catch (SocketException)
            {
                socket.Dispose();
            }
        }

        return null;
    }
}
