using System.Net;
using System.Net.Sockets;
using SipGateway.Sip;

namespace SipGateway.PhoneSimulator;

/// <summary>The phone's way to its server: one connected UDP socket, or one TCP or TLS connection.</summary>
internal abstract class SipFlow(Socket socket, string transport) : IAsyncDisposable
{
    private readonly CancellationTokenSource _closed = new();

    /// <summary>UDP, TCP or TLS, as it stands in a Via.</summary>
    public string Transport { get; } = transport;

    public bool IsReliable => Transport != "UDP";

    public IPEndPoint Local { get; } = (IPEndPoint)socket.LocalEndPoint!;

    /// <summary>Fires when the flow is of no use any more.</summary>
    public CancellationToken Closed => _closed.Token;

    protected Socket Socket { get; } = socket;

    public static async Task<SipFlow> OpenAsync(
        AccountSettings account, (string Host, int Port) nextHop, PhoneOptions options, PhoneTrust trust, CancellationToken cancellation)
    {
        var (host, port) = nextHop;
        var addresses = await Dns.GetHostAddressesAsync(host, cancellation).ConfigureAwait(false);
        var address = addresses.FirstOrDefault(found => found.AddressFamily == AddressFamily.InterNetwork) ?? addresses[0];
        var isUdp = account.Transport == PhoneTransport.Udp;
        var socket = isUdp
            ? new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp)
            : new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (options.LocalAddress is { } local)
            {
                socket.Bind(new IPEndPoint(local, 0));
            }

            await socket.ConnectAsync(new IPEndPoint(address, port), cancellation).ConfigureAwait(false);
            return account.Transport switch
            {
                PhoneTransport.Udp => new UdpFlow(socket),
                PhoneTransport.Tcp => new StreamFlow(socket, "TCP", new NetworkStream(socket)),
                _ => await StreamFlow.SecureAsync(socket, trust.For(host), cancellation).ConfigureAwait(false),
            };
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public abstract ValueTask SendAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellation);

    /// <summary>Reads messages until the flow closes or the token fires.</summary>
    public async Task ReceiveAsync(Func<SipMessage, ValueTask> onMessage, CancellationToken cancellation)
    {
        try
        {
            await ReadMessagesAsync(onMessage, cancellation).ConfigureAwait(false);
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
        {
        }
        finally
        {
            await _closed.CancelAsync().ConfigureAwait(false);
        }
    }

    public virtual ValueTask DisposeAsync()
    {
        Socket.Dispose();
        return ValueTask.CompletedTask;
    }

    protected abstract Task ReadMessagesAsync(Func<SipMessage, ValueTask> onMessage, CancellationToken cancellation);
}
