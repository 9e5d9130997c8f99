using System.Net;
using Microsoft.Extensions.Hosting;

namespace SipGateway.Edge;

/// <summary>
/// The phones' SIP side as a hosted service: opens the listeners at the start, without waiting for a silo, and closes them at the
/// end.
/// </summary>
public sealed class SipEdge : IHostedService, IAsyncDisposable
{
    private readonly EdgeSipOptions options;
    private readonly SipReceiver receiver;
    private readonly IShortcut shortcut;
    private readonly SipStreamReader reader;
    private readonly FlowTable flows;
    private readonly TlsHandshake handshake;
    private readonly FeatureCalls calls;
    private SipListeners? open;
    private int port;
    private int tlsPort;

    internal SipEdge(
        EdgeSipOptions options, EdgeStart start, SipReceiver receiver, IShortcut shortcut, SipStreamReader reader, FlowTable flows,
        TlsHandshake handshake, TransactionLayer transactions, Dispatcher dispatcher, FeatureCalls calls)
    {
        this.options = options;
        this.receiver = receiver;
        this.shortcut = shortcut;
        this.reader = reader;
        this.flows = flows;
        this.handshake = handshake;
        this.calls = calls;
        transactions.Handler = dispatcher;
        StartedAtUtc = start.AtUtc;
    }

    /// <summary>When this process of the edge began.</summary>
    public DateTimeOffset StartedAtUtc { get; }

    /// <summary>Whether the edge is in the cluster's address book; until then it answers 503 and is not ready.</summary>
    public bool IsConnected { get; internal set; }

    /// <summary>Where it listens for datagrams; the port is the real one.</summary>
    /// <exception cref="InvalidOperationException">It has not started.</exception>
    public IPEndPoint UdpEndPoint => new(options.BindAddress, Port);

    /// <summary>Where it listens for connections: the same address and port.</summary>
    /// <exception cref="InvalidOperationException">It has not started.</exception>
    public IPEndPoint TcpEndPoint => new(options.BindAddress, Port);

    /// <summary>Where it listens for TLS; null without a certificate.</summary>
    /// <exception cref="InvalidOperationException">It has not started.</exception>
    public IPEndPoint? TlsEndPoint => Port > 0 && tlsPort > 0 ? new(options.BindAddress, tlsPort) : null;

    private int Port => port > 0 ? port : throw new InvalidOperationException("The SIP edge has not started.");

    /// <summary>Opens the listeners.</summary>
    /// <exception cref="IOException">The port is in use, or the address is not this machine's; the message says so in one line.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        open = await SipListeners.OpenAsync(options, receiver, shortcut, reader, flows, handshake);
        port = open.Port;
        tlsPort = open.TlsPort;
        open.Start();
    }

    /// <summary>Closes the listeners and every connection.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => DisposeAsync().AsTask();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        IsConnected = false;
        calls.Stop();
        if (Interlocked.Exchange(ref open, null) is { } closing)
        {
            await closing.DisposeAsync();
        }
    }
}

/// <summary>When this process of the edge began: one answer for everything that is told apart by it.</summary>
internal sealed record EdgeStart(DateTimeOffset AtUtc);
