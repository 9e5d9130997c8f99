using System.Net;
using System.Threading.Channels;

namespace SipGateway.Edge;

/// <summary>
/// One connection, whatever its stream is (TCP, TLS): a bounded queue out, and a reader that hands on what arrives. Its end is final; the
/// phone that opens another gets another flow.
/// </summary>
internal sealed class StreamFlow : Flow, IAsyncDisposable
{
    private readonly Stream stream;
    private readonly Channel<ReadOnlyMemory<byte>> outbound;

    // Never disposed: timers and grain calls that outlive the connection still send to it, and must find it closed, not throw.
    private readonly CancellationTokenSource closing = new();

    public StreamFlow(string id, string transport, IPEndPoint local, IPEndPoint remote, Stream stream, int maxQueuedMessages)
    {
        this.stream = stream;
        Id = id;
        Transport = transport;
        Local = local;
        Remote = remote;
        outbound = Channel.CreateBounded<ReadOnlyMemory<byte>>(
            new BoundedChannelOptions(maxQueuedMessages) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    }

    public override string Id { get; }

    public override string Transport { get; }

    public override IPEndPoint Local { get; }

    public override IPEndPoint Remote { get; }

    /// <summary>Cancelled when the connection ends.</summary>
    public CancellationToken Closing => closing.Token;

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

    /// <summary>Writes until the flow is finished, closed, or the peer is gone.</summary>
    public async Task WriteAsync()
    {
        try
        {
            await foreach (var message in outbound.Reader.ReadAllAsync(closing.Token))
            {
                await stream.WriteAsync(message, closing.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The reader notices the same and takes the connection down.
        }
        finally
        {
            closing.Cancel();
        }
    }

    public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation) => stream.ReadAsync(buffer, cancellation);

    public async ValueTask DisposeAsync()
    {
        Close();
        await stream.DisposeAsync();
    }
}
