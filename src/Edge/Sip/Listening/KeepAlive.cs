using System.Net.Sockets;

namespace SipGateway.Edge;

/// <summary>How the kernel finds out that the peer of a connection is gone, when neither side says anything or nothing arrives.</summary>
internal static class KeepAlive
{
    // IPPROTO_TCP and TCP_USER_TIMEOUT of Linux (RFC 5482); .NET has no name for the latter.
    private const int TcpLevel = 6;
    private const int UserTimeout = 18;

    /// <exception cref="SocketException">The peer is gone already.</exception>
    public static void Apply(Socket socket, EdgeSipLimits limits)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, (int)limits.KeepAliveIdle.TotalSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, (int)limits.KeepAliveInterval.TotalSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, limits.KeepAliveProbes);
        if (OperatingSystem.IsLinux())
        {
            socket.SetRawSocketOption(TcpLevel, UserTimeout, BitConverter.GetBytes((int)limits.UnacknowledgedTimeout.TotalMilliseconds));
        }
    }
}
