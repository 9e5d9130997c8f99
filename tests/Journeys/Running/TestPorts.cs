using System.Net;
using System.Net.Sockets;

namespace SipGateway.Journeys.Tests.Running;

/// <summary>
/// Ports for gateways that are killed and come back on the same ones: not from those that the system gives to whoever asks for any, or
/// somebody has one of them before the gateway is back.
/// </summary>
internal static class TestPorts
{
    private const int First = 18_000;
    private const int Count = 12_000;

    private static int next = Random.Shared.Next(Count);

    /// <summary>A port that nobody listens on, and that is given to nobody else in this process.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = First + (Interlocked.Increment(ref next) % Count);
            if (IsFree(port, SocketType.Stream, ProtocolType.Tcp) && IsFree(port, SocketType.Dgram, ProtocolType.Udp))
            {
                return port;
            }
        }
    }

    private static bool IsFree(int port, SocketType type, ProtocolType protocol)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, type, protocol);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Any, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
