using System.Net;
using System.Net.Sockets;

namespace SipGateway.Journeys.Tests.Running;

/// <summary>One host behind a router: what it sends to <see cref="Inside"/> reaches the gateway from another address, and back. Some programs cannot choose theirs.</summary>
internal sealed class UdpNat : IDisposable
{
    private readonly Socket inside = Bound(IPAddress.Loopback);
    private readonly IPAddress address;
    private Socket outside;
    private EndPoint? host;

    public UdpNat(IPEndPoint gateway, IPAddress address)
    {
        this.address = address;
        outside = Bound(address);
        _ = Pass(async buffer =>
        {
            var received = await inside.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0));
            host = received.RemoteEndPoint;
            await outside.SendToAsync(buffer.AsMemory(0, received.ReceivedBytes), gateway);
        });
        _ = PassBack();
    }

    public IPEndPoint Inside => (IPEndPoint)inside.LocalEndPoint!;

    /// <summary>Where the gateway sees the host.</summary>
    public IPEndPoint Outside => (IPEndPoint)outside.LocalEndPoint!;

    /// <summary>The mapping is gone, as after half a minute of silence: nothing reaches the host until it sends, and then it comes from another port.</summary>
    public void Forget()
    {
        outside.Dispose();
        outside = Bound(address);
        _ = PassBack();
    }

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

    private Task PassBack()
    {
        var mapping = outside;
        return Pass(async buffer =>
        {
            var received = await mapping.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0));
            await inside.SendToAsync(buffer.AsMemory(0, received.ReceivedBytes), host!);
        });
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
