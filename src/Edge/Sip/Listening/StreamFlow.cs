using System.Net;
using System.Net.Security;
using System.Threading.Channels;

namespace SipGateway.Edge;

/// <summary>
/// One connection, whatever its stream is (TCP, TLS): a bounded queue out, and a reader that hands on what arrives. Its end is final; the
/// phone that opens another gets another flow.
/// </summary>
internal sealed class StreamFlow : Flow, IAsyncDisposable
{
    private readonly Stream stream;
    private readonly TimeSpan writeDeadline;
    private readonly Channel<ReadOnlyMemory<byte>> outbound;

    // Never disposed: timers and grain calls that outlive the connection still send to it, and must find it closed, not throw.
    private readonly CancellationTokenSource closing = new();

    public StreamFlow(string id, string transport, IPEndPoint local, IPEndPoint remote, Stream stream, EdgeSipLimits limits)
    {
        writeDeadline = limits.WriteDeadline;
        this.stream = stream;
        Id = id;
        Transport = transport;
        Local = local;
        Remote = remote;
        Peer = PeerKey.Of(remote.Serialize()).ToArray();
        outbound = Channel.CreateBounded<ReadOnlyMemory<byte>>(
            new BoundedChannelOptions(limits.MaxQueuedMessagesPerConnection) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    }

    public override string Id { get; }

    public override string Transport { get; }

    public override IPEndPoint Local { get; }

    public override IPEndPoint Remote { get; }

    /// <summary><see cref="Remote"/> as <see cref="PeerKey"/> has it.</summary>
    public ReadOnlyMemory<byte> Peer { get; }

    public override CancellationToken Closing => closing.Token;

    public override bool TrySend(ReadOnlyMemory<byte> message)
    {
        if (outbound.Writer.TryWrite(message))
        {
            return true;
        }

        // A peer that does not read for so many messages will not read the next one either.
        Close();
        return false;
    }

    /// <summary>Ends the connection after what is queued has been written.</summary>
    public void Finish() => outbound.Writer.TryComplete();

    /// <summary>Ends the connection now.</summary>
    public void Close()
    {
        outbound.Writer.TryComplete();
        closing.Cancel();
    }

    /// <summary>Writes until the flow is finished, closed, or the peer is gone or reads no more.</summary>
    public async Task WriteAsync()
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(closing.Token);
        try
        {
            await foreach (var message in outbound.Reader.ReadAllAsync(closing.Token))
            {
                // What fits into the socket's buffer is done with at once, and needs no timer.
                var writing = stream.WriteAsync(message, deadline.Token);
                var isDone = writing.IsCompleted;
                if (!isDone)
                {
                    deadline.CancelAfter(writeDeadline);
                }

                await writing;
                if (!isDone)
                {
                    deadline.CancelAfter(Timeout.InfiniteTimeSpan);
                }
            }

            if (stream is SslStream tls)
            {
                // Without the close_notify a peer must take the end for an attack.
                await tls.ShutdownAsync().WaitAsync(writeDeadline, TimeProvider.System);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException or TimeoutException
            or InvalidOperationException or System.Security.Authentication.AuthenticationException)
        {
            // The reader notices the same and takes the connection down.
        }
        finally
        {
            Close();
        }
    }

    public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation) => stream.ReadAsync(buffer, cancellation);

    public async ValueTask DisposeAsync()
    {
        Close();
        await stream.DisposeAsync();
    }
}
