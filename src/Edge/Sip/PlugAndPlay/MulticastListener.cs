using System.Net;
using System.Net.Sockets;

namespace SipGateway.Edge;

/// <summary>
/// A multicast group on one network: hears what is sent to the group there and nowhere else, and answers from its port. The thread is one that
/// waits: phones ask when they boot.
/// </summary>
internal sealed class MulticastListener : IDisposable
{
    // IPPROTO_IP and IP_MULTICAST_ALL of Linux; .NET has no name for the latter. Without it a socket hears what others of this machine joined.
    private const int IPLevel = 0;
    private const int MulticastAll = 49;

    private const int MaxDatagramBytes = 65_536;

    // Some hundred phones that boot at once; the kernel caps it at rmem_max.
    private const int ReceiveBufferBytes = 1024 * 1024;

    private readonly Socket socket;
    private readonly Action<MulticastListener, IPEndPoint, ReadOnlyMemory<byte>> receive;
    private volatile bool isStopped;

    /// <param name="group">The group's address and port.</param>
    /// <param name="local">This machine's address on the network.</param>
    /// <param name="receive">Called for every datagram; it throws nothing.</param>
    /// <exception cref="SocketException">The port cannot be had, or the address is none of this machine's.</exception>
    public MulticastListener(IPEndPoint group, IPAddress local, Action<MulticastListener, IPEndPoint, ReadOnlyMemory<byte>> receive)
    {
        this.receive = receive;
        Local = new IPEndPoint(local, group.Port);
        socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            if (OperatingSystem.IsLinux())
            {
                socket.SetRawSocketOption(IPLevel, MulticastAll, BitConverter.GetBytes(0));
            }

            socket.ReceiveBufferSize = ReceiveBufferBytes;

            // Bound to the group it gets no datagram that was sent to this machine alone: those are the SIP listeners'.
            socket.Bind(OperatingSystem.IsLinux() ? group : Local);
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, new MulticastOption(group.Address, local));
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Where answers come from.</summary>
    public IPEndPoint Local { get; }

    public void Start() => new Thread(Receive) { IsBackground = true, Name = "sip-multicast" }.Start();

    /// <returns>False when it cannot be sent; it is lost.</returns>
    public bool TrySend(byte[] datagram, IPEndPoint to)
    {
        try
        {
            return socket.SendTo(datagram, to) == datagram.Length;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        isStopped = true;
        socket.Dispose();
    }

    private void Receive()
    {
        var buffer = GC.AllocateUninitializedArray<byte>(MaxDatagramBytes);
        while (!isStopped)
        {
            try
            {
                EndPoint from = new IPEndPoint(IPAddress.Any, 0);
                var length = socket.ReceiveFrom(buffer, ref from);
                receive(this, (IPEndPoint)from, buffer.AsMemory(0, length));
            }
            catch (SocketException) when (!isStopped)
            {
                // An ICMP error of a phone that went away.
            }
            catch (Exception e) when (isStopped && e is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
