using System.Net;
using System.Net.Sockets;

namespace SipGateway.Edge;

/// <summary>Every socket of the phones' SIP side: per address one for TCP and a few for UDP on one port, and one for TLS on another.</summary>
internal sealed class SipListeners : IAsyncDisposable
{
    // A free TCP port may be taken over UDP; then another is tried.
    private const int FreePortAttempts = 20;

    private readonly List<StreamListener> streams = [];
    private readonly List<UdpListener> datagrams = [];

    private SipListeners()
    {
    }

    public int Port { get; private set; }

    /// <summary>0 without a certificate.</summary>
    public int TlsPort { get; private set; }

    /// <summary>Opens all of them, or none.</summary>
    /// <exception cref="IOException">The port is in use, or the address is not this machine's; the message says so in one line.</exception>
    public static async Task<SipListeners> OpenAsync(
        EdgeSipOptions options, SipReceiver receiver, IShortcut shortcut, SipStreamReader reader, FlowTable flows,
        TlsHandshake handshake)
    {
        for (var attempt = 1; ; attempt++)
        {
            var listeners = new SipListeners();
            try
            {
                listeners.OpenPlain(options, receiver, shortcut, reader, flows);
                flows.FindUdp = listeners.FindUdp;
            }
            catch (SocketException) when (options.Port == 0 && attempt < FreePortAttempts)
            {
                await listeners.DisposeAsync();
                continue;
            }
            catch (SocketException e)
            {
                await listeners.DisposeAsync();
                throw Failure("SIP", "--sip-port", options.Port, options.BindAddress, e);
            }

            try
            {
                listeners.OpenTls(options, reader, flows, handshake);
                return listeners;
            }
            catch (SocketException) when (options.TlsPort == 0 && attempt < FreePortAttempts)
            {
                await listeners.DisposeAsync();
            }
            catch (SocketException e)
            {
                await listeners.DisposeAsync();
                throw Failure("SIPS", "--sips-port", options.TlsPort, options.BindAddress, e);
            }
        }
    }

    public void Start()
    {
        datagrams.ForEach(l => l.Start());
        streams.ForEach(l => l.Start());
    }

    /// <summary>Takes no more connections; those that are open stay, and datagrams are served.</summary>
    public void StopAccepting() => streams.ForEach(l => l.StopAccepting());

    public async ValueTask DisposeAsync()
    {
        datagrams.ForEach(l => l.Dispose());
        foreach (var stream in streams)
        {
            await stream.DisposeAsync();
        }
    }

    private static IOException Failure(string what, string option, int port, IPAddress address, SocketException e) => new(
        e.SocketErrorCode == SocketError.AddressAlreadyInUse
            ? $"{what} port {port} on {address} is in use; stop the other program or choose another {option}."
            : $"{what} cannot listen on {address} port {port}: {e.Message}. Check --bind and {option}.",
        e);

    // TCP first: it has no SO_REUSEPORT, so that a second gateway on the same port is refused instead of sharing our datagrams.
    private void OpenPlain(
        EdgeSipOptions options, SipReceiver receiver, IShortcut shortcut, SipStreamReader reader, FlowTable flows)
    {
        Port = options.Port;
        foreach (var address in LocalAddresses.Of(options.BindAddress))
        {
            var stream = new StreamListener(
                new IPEndPoint(address, Port), "tcp", StreamListener.Plain, reader.ServeAsync, flows, options.Limits);
            streams.Add(stream);
            Port = stream.Local.Port;
            datagrams.Add(new UdpListener(new IPEndPoint(address, Port), options.UdpThreads, shortcut, receiver.Receive, receiver.NoteFault));
        }
    }

    private void OpenTls(EdgeSipOptions options, SipStreamReader reader, FlowTable flows, TlsHandshake handshake)
    {
        if (options.Certificate is null)
        {
            return;
        }

        TlsPort = options.TlsPort;
        foreach (var address in LocalAddresses.Of(options.BindAddress))
        {
            var stream = new StreamListener(
                new IPEndPoint(address, TlsPort), "tls", handshake.AcceptAsync, reader.ServeAsync, flows, options.Limits);
            streams.Add(stream);
            TlsPort = stream.Local.Port;
        }
    }

    private UdpFlow? FindUdp(string id)
    {
        var ends = id["udp:".Length..].Split('-', 2);
        return ends.Length == 2 && IPEndPoint.TryParse(ends[0], out var local) && IPEndPoint.TryParse(ends[1], out var remote)
            && remote.Port > 0
            ? datagrams.Find(l => l.Local.Equals(local))?.FlowTo(remote)
            : null;
    }
}
