using System.Net;
using System.Net.Sockets;

namespace SipGateway.Edge;

/// <summary>Every socket of the phones' SIP side: per address one for TCP and a few for UDP, all on one port.</summary>
internal sealed class SipListeners : IAsyncDisposable
{
    // A free TCP port may be taken over UDP; then another is tried.
    private const int FreePortAttempts = 20;

    private readonly List<StreamListener> streams = [];
    private readonly List<UdpListener> datagrams = [];

    private SipListeners()
    {
    }

    public int Port => streams[0].Local.Port;

    /// <summary>Opens all of them, or none.</summary>
    /// <exception cref="SocketException">The port is in use, or an address is not ours.</exception>
    public static async Task<SipListeners> OpenAsync(
        EdgeSipOptions options, SipReceiver receiver, IDatagramShortcut shortcut, SipStreamReader reader, FlowTable flows)
    {
        for (var attempt = 1; ; attempt++)
        {
            var listeners = new SipListeners();
            try
            {
                listeners.Open(options, receiver, shortcut, reader, flows);
                flows.FindUdp = listeners.FindUdp;
                return listeners;
            }
            catch (SocketException) when (options.Port == 0 && attempt < FreePortAttempts)
            {
                await listeners.DisposeAsync();
            }
            catch (SocketException)
            {
                await listeners.DisposeAsync();
                throw;
            }
        }
    }

    public void Start()
    {
        datagrams.ForEach(l => l.Start());
        streams.ForEach(l => l.Start());
    }

    public async ValueTask DisposeAsync()
    {
        datagrams.ForEach(l => l.Dispose());
        foreach (var stream in streams)
        {
            await stream.DisposeAsync();
        }
    }

    // TCP first: it has no SO_REUSEPORT, so that a second gateway on the same port is refused instead of sharing our datagrams.
    private void Open(
        EdgeSipOptions options, SipReceiver receiver, IDatagramShortcut shortcut, SipStreamReader reader, FlowTable flows)
    {
        var port = options.Port;
        foreach (var address in LocalAddresses.Of(options.BindAddress))
        {
            var stream = new StreamListener(
                new IPEndPoint(address, port), "tcp", StreamListener.Plain, reader.ServeAsync, flows, options.Limits);
            streams.Add(stream);
            port = stream.Local.Port;
            datagrams.Add(new UdpListener(new IPEndPoint(address, port), options.UdpThreads, shortcut, receiver.Receive));
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
