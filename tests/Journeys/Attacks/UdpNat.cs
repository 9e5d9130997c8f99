using System.Net;
using System.Net.Sockets;

namespace SipGateway.Journeys.Tests.Attacks;

/// <summary>One host behind a router: what it sends to <see cref="Inside"/> reaches the gateway from another address, and back. Some programs cannot choose theirs.</summary>
internal sealed class UdpNat : IDisposable
{
    private readonly Socket inside = Bound(IPAddress.Loopback);
    private readonly Socket outside;
    private EndPoint? host;

    public UdpNat(IPEndPoint gateway, IPAddress address)
    {
        outside = Bound(address);
        _ = Pass(async buffer =>
        {
            var received = await inside.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0));
            host = received.RemoteEndPoint;
            await outside.SendToAsync(buffer.AsMemory(0, received.ReceivedBytes), gateway);
        });
        _ = Pass(async buffer =>
        {
            var received = await outside.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0));
            await inside.SendToAsync(buffer.AsMemory(0, received.ReceivedBytes), host!);
        });
    }

    public IPEndPoint Inside => (IPEndPoint)inside.LocalEndPoint!;

    public void Dispose()
    {
        inside.Dispose();
        outside.Dispose();
    }

    private static Socket Bound(IPAddress address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(address, 0));
        return socket;
    }

    private static async Task Pass(Func<byte[], Task> one)
    {
        var buffer = new byte[65_536];
        while (true)
        {
            try
            {
                await one(buffer);
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.OperationAborted)
            {
                return;
            }
            catch (SocketException)
            {
                // The host inside is gone; what comes for it is lost.
            }
        }
    }
}
