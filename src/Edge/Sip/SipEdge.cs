using System.Net;
using Microsoft.Extensions.Hosting;

namespace SipGateway.Edge;

/// <summary>
/// The phones' SIP side as a hosted service: opens the listeners at the start, without waiting for a silo, and at the end drains and closes
/// them.
/// </summary>
public sealed class SipEdge : IHostedLifecycleService, IAsyncDisposable
{
    private readonly EdgeSipOptions options;
    private readonly SipReceiver receiver;
    private readonly IShortcut shortcut;
    private readonly SipStreamReader reader;
    private readonly FlowTable flows;
    private readonly TlsHandshake handshake;
    private readonly FeatureCalls calls;
    private readonly TimeProvider time;
    private SipListeners? open;
    private int port;
    private int tlsPort;
    private volatile bool isDraining;

    internal SipEdge(
        EdgeSipOptions options, EdgeStart start, SipReceiver receiver, IShortcut shortcut, SipStreamReader reader, FlowTable flows,
        TlsHandshake handshake, TransactionLayer transactions, Dispatcher dispatcher, FeatureCalls calls, TimeProvider time)
    {
        this.options = options;
        this.receiver = receiver;
        this.shortcut = shortcut;
        this.reader = reader;
        this.flows = flows;
        this.handshake = handshake;
        this.calls = calls;
        this.time = time;
        transactions.Handler = dispatcher;
        StartedAtUtc = start.AtUtc;
    }

    /// <summary>When this process of the edge began.</summary>
    public DateTimeOffset StartedAtUtc { get; }

    /// <summary>Whether the edge is in the cluster's address book; until then it answers 503.</summary>
    public bool IsConnected { get; internal set; }

    /// <summary>Whether phones should be sent here: it is connected, and not about to end.</summary>
    public bool IsReady => IsConnected && !isDraining;

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

    /// <summary>
    /// Drains, before any other part stops: it says that it is not ready and takes no more connections, serves the phones it has, and sends those
    /// on connections away one by one, so that the edges they come to are not met by all of them at once.
    /// </summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        isDraining = true;
        open?.StopAccepting();
        await flows.FinishAllAsync(options.DrainTime, time, cancellationToken);
    }

    /// <summary>Nothing.</summary>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Nothing.</summary>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Nothing.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

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
