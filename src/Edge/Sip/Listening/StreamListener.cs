using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace SipGateway.Edge;

/// <summary>
/// One listening TCP socket. What turns an accepted socket into a stream (plain, TLS) is given, so that both are the same from
/// here on.
/// </summary>
internal sealed class StreamListener : IAsyncDisposable
{
    private readonly Socket socket;
    private readonly string transport;
    private readonly Func<Socket, CancellationToken, Task<Stream?>> secure;
    private readonly Func<StreamFlow, Task> serve;
    private readonly FlowTable flows;
    private readonly EdgeSipLimits limits;
    private readonly CancellationTokenSource stopping = new();
    private volatile bool isClosed;
    private readonly ConcurrentDictionary<Task, bool> serving = new();
    private Task accepting = Task.CompletedTask;

    /// <param name="local">Where to listen.</param>
    /// <param name="transport"><c>tcp</c> or <c>tls</c>.</param>
    /// <param name="secure">Makes the stream of an accepted socket, or null when it was closed; a TLS listener shakes hands here.</param>
    /// <param name="serve">Reads one connection until its end.</param>
    /// <param name="flows">Where open connections are found again.</param>
    /// <param name="limits">The bounds.</param>
    /// <exception cref="SocketException">The address cannot be had.</exception>
    public StreamListener(
        IPEndPoint local, string transport, Func<Socket, CancellationToken, Task<Stream?>> secure, Func<StreamFlow, Task> serve,
        FlowTable flows, EdgeSipLimits limits)
    {
        this.transport = transport;
        this.secure = secure;
        this.serve = serve;
        this.flows = flows;
        this.limits = limits;
        socket = new Socket(local.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(local);
            socket.Listen(1024);
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }

        Local = (IPEndPoint)socket.LocalEndPoint!;
    }

    public IPEndPoint Local { get; }

    /// <summary>A stream over the socket itself.</summary>
    public static Task<Stream?> Plain(Socket socket, CancellationToken cancellation) =>
        Task.FromResult<Stream?>(new NetworkStream(socket, ownsSocket: true));

    public void Start() => accepting = AcceptAsync();

    /// <summary>Refuses whoever wants to connect from now on; open connections stay.</summary>
    public void StopAccepting()
    {
        isClosed = true;
        socket.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        StopAccepting();
        await accepting;
        await Task.WhenAll(serving.Keys);
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!isClosed)
        {
            try
            {
                var accepted = await socket.AcceptAsync(stopping.Token);
                var task = ConnectAsync(accepted);
                serving.TryAdd(task, true);
                _ = task.ContinueWith(t => serving.TryRemove(t, out _), TaskScheduler.Default);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // A peer that was gone before it was accepted; or the end, which the loop's condition sees.
            }
        }
    }

    private async Task ConnectAsync(Socket accepted)
    {
        await Task.Yield();
        var remote = (IPEndPoint)accepted.RemoteEndPoint!;
        if (!flows.TryEnter(remote.Address))
        {
            accepted.Dispose();
            return;
        }

        try
        {
            accepted.NoDelay = true;
            KeepAlive.Apply(accepted, limits);
            var local = (IPEndPoint)accepted.LocalEndPoint!;
            if (await secure(accepted, stopping.Token) is { } stream)
            {
                await RunAsync(new StreamFlow(flows.NextId(transport), transport, local, remote, stream, limits));
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            accepted.Dispose();
        }
        finally
        {
            flows.Leave(remote.Address);
        }
    }

    private async Task RunAsync(StreamFlow flow)
    {
        await using (flow)
        await using (stopping.Token.Register(flow.Close))
        {
            flows.Add(flow);
            var writing = flow.WriteAsync();
            try
            {
                await serve(flow);
            }
            finally
            {
                flows.Remove(flow);
                flow.Finish();
                await Task.WhenAny(writing, Task.Delay(limits.WriteDeadline, TimeProvider.System, CancellationToken.None));
            }
        }
    }
}
