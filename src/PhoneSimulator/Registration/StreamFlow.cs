using System.Net.Security;
using System.Net.Sockets;
using SipGateway.Sip;

namespace SipGateway.PhoneSimulator;

/// <summary>A TCP or TLS connection that the phone opened; answers and NOTIFYs come back over it.</summary>
internal sealed class StreamFlow(Socket socket, string transport, Stream stream) : SipFlow(socket, transport)
{
    private readonly SemaphoreSlim _writing = new(1, 1);

    public static async Task<SipFlow> SecureAsync(Socket socket, SslClientAuthenticationOptions ssl, CancellationToken cancellation)
    {
        var secured = new SslStream(new NetworkStream(socket));
        await secured.AuthenticateAsClientAsync(ssl, cancellation).ConfigureAwait(false);
        return new StreamFlow(socket, "TLS", secured);
    }

    public override async ValueTask SendAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await stream.WriteAsync(octets, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
        _writing.Dispose();
    }

    protected override async Task ReadMessagesAsync(Func<SipMessage, ValueTask> onMessage, CancellationToken cancellation)
    {
        var buffer = new byte[SipLimits.Default.MaxMessageBytes];
        var filled = 0;
        while (await stream.ReadAsync(buffer.AsMemory(filled), cancellation).ConfigureAwait(false) is var read and > 0)
        {
            filled += read;
            var consumed = 0;
            while (true)
            {
                var result = SipParser.ParseStream(buffer.AsMemory(consumed, filled - consumed), SipLimits.Default);
                consumed += result.ConsumedBytes;
                if (result.Message is { } message)
                {
                    await onMessage(message).ConfigureAwait(false);
                }
                else if (result.Status == SipParseStatus.Rejected && result.MustClose)
                {
                    return;
                }
                else if (result.Status == SipParseStatus.NeedMore)
                {
                    break;
                }
            }

            buffer.AsSpan(consumed, filled - consumed).CopyTo(buffer);
            filled -= consumed;

            // A lone CRLF is the pong to our ping (RFC 5626 §3.5.1); nothing has to wait behind it.
            filled = filled == 2 && buffer[0] == '\r' && buffer[1] == '\n' ? 0 : filled;
        }
    }
}
