using System.Net;
using System.Net.Sockets;

namespace SipGateway.Edge;

/// <summary>
/// One local address and port over UDP: several sockets that share them, each with a thread of its own in a blocking receive.
/// Measured at half the CPU of asynchronous sockets; the kernel keeps one peer on one socket.
/// </summary>
internal sealed class UdpListener : IDisposable
{
    // SOL_SOCKET and SO_REUSEPORT of Linux; .NET has no name for the latter.
    private const int SocketLevel = 1;
    private const int ReusePort = 15;

    // A burst of 20,000 phones at 500 octets fits; the kernel caps it at rmem_max.
    private const int ReceiveBufferBytes = 16 * 1024 * 1024;

    // Above the longest request that takes the short way, and what an answer adds to it.
    private const int MaxShortcutAnswerBytes = 8 * 1024;

    private readonly List<Socket> sockets = [];
    private readonly IShortcut shortcut;
    private readonly Action<Flow, ReadOnlyMemory<byte>> receive;
    private readonly Action<Exception> fault;
    private volatile bool isStopped;

    /// <exception cref="SocketException">The address cannot be had.</exception>
    public UdpListener(
        IPEndPoint local, int threads, IShortcut shortcut, Action<Flow, ReadOnlyMemory<byte>> receive, Action<Exception> fault)
    {
        this.shortcut = shortcut;
        this.receive = receive;
        this.fault = fault;
        try
        {
            for (var i = 0; i < (OperatingSystem.IsLinux() ? threads : 1); i++)
            {
                sockets.Add(Open(local));
            }
        }
        catch (SocketException)
        {
            Dispose();
            throw;
        }

        Local = (IPEndPoint)sockets[0].LocalEndPoint!;
    }

    public IPEndPoint Local { get; }

    public void Start()
    {
        foreach (var socket in sockets)
        {
            new Thread(() => Receive(socket)) { IsBackground = true, Name = "sip-udp" }.Start();
        }
    }

    public UdpFlow FlowTo(IPEndPoint remote) => new(sockets[0], Local, remote);

    public void Dispose()
    {
        isStopped = true;
        sockets.ForEach(s => s.Dispose());
    }

    private static Socket Open(IPEndPoint local)
    {
        var socket = new Socket(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            if (OperatingSystem.IsLinux())
            {
                socket.SetRawSocketOption(SocketLevel, ReusePort, BitConverter.GetBytes(1));
            }

            socket.ReceiveBufferSize = ReceiveBufferBytes;
            socket.Bind(local);
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }

    // What the short way fails at, the long way answers.
    private int AnswerShortly(ReadOnlySpan<byte> datagram, SocketAddress from, Span<byte> answer)
    {
        try
        {
            return shortcut.Answer(datagram, from, Local, answer);
        }
#pragma warning disable CA1031 // Whatever it was, this phone is served.
        catch (Exception e)
#pragma warning restore CA1031
        {
            fault(e);
            return 0;
        }
    }

    private void Receive(Socket socket)
    {
        var buffer = GC.AllocateUninitializedArray<byte>(65_536);
        var answer = GC.AllocateUninitializedArray<byte>(MaxShortcutAnswerBytes);
        var from = new SocketAddress(socket.AddressFamily);
        var template = new IPEndPoint(Local.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        while (!isStopped)
        {
            try
            {
                var length = socket.ReceiveFrom(buffer, SocketFlags.None, from);
                var answerLength = AnswerShortly(buffer.AsSpan(0, length), from, answer);
                if (answerLength > 0)
                {
                    socket.SendTo(answer.AsSpan(0, answerLength), SocketFlags.None, from);
                    continue;
                }

                var remote = (IPEndPoint)template.Create(from);
                receive(new UdpFlow(socket, Local, remote), buffer.AsMemory(0, length));
            }
            catch (SocketException) when (!isStopped)
            {
                // An ICMP error of a peer that went away shows up here; it says nothing about the others.
            }
            catch (Exception e) when (isStopped && e is SocketException or ObjectDisposedException)
            {
                return;
            }
#pragma warning disable CA1031 // On a thread of its own an exception ends the process: one datagram's fault is not every phone's.
            catch (Exception e)
#pragma warning restore CA1031
            {
                fault(e);
            }
        }
    }
}
