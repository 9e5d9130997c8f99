using System.Security.Authentication;
using SipGateway.Sip;

namespace SipGateway.Edge;

/// <summary>
/// Reads one connection until its end: frames messages, holds slow senders to their deadline, closes where framing is lost.
/// </summary>
internal sealed class SipStreamReader(SipReceiver receiver, IShortcut shortcut, EdgeSipLimits limits, EdgeSipMetrics metrics)
{
    private const int FirstBufferBytes = 4 * 1024;

    // What is longer than a phone's REGISTER is answered the long way.
    private const int MaxShortcutAnswerBytes = 2 * 1024;

    public async Task ServeAsync(StreamFlow flow)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(flow.Closing);
        var buffer = new byte[FirstBufferBytes];
        var filled = 0;
        var needed = 0;
        var isInMessage = false;
        try
        {
            while (true)
            {
                if (!isInMessage || filled == 0)
                {
                    deadline.CancelAfter(filled == 0 ? limits.ConnectionIdleTimeout : limits.MessageDeadline);
                    isInMessage = filled > 0;
                }

                var read = await flow.ReadAsync(buffer.AsMemory(filled), deadline.Token);
                if (read == 0)
                {
                    return;
                }

                filled += read;
                if (filled < needed)
                {
                    buffer = Fit(buffer, filled);
                    continue;
                }

                var (consumed, isOpen) = Take(flow, buffer.AsMemory(0, filled), out needed);
                if (!isOpen)
                {
                    return;
                }

                // The deadline runs from a message's first octet: a new one only where a message began anew.
                isInMessage = isInMessage && consumed == 0;
                buffer.AsSpan(consumed, filled - consumed).CopyTo(buffer);
                filled -= consumed;
                buffer = Fit(buffer, filled);
            }
        }
        catch (OperationCanceledException)
        {
            metrics.Dropped(isInMessage ? "message_deadline" : "connection_end");
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or AuthenticationException)
        {
            metrics.Dropped("connection_reset");
        }
    }

    private (int Consumed, bool IsOpen) Take(StreamFlow flow, ReadOnlyMemory<byte> all, out int needed)
    {
        var consumed = 0;
        needed = 0;
        while (consumed < all.Length)
        {
            if (AnswerShortly(flow, all.Span[consumed..]) is var answered and > 0)
            {
                consumed += answered;
                continue;
            }

            var result = SipParser.ParseStream(all[consumed..], SipLimits.Default);
            if (result.Status == SipParseStatus.NeedMore)
            {
                needed = result.NeededBytes;
                break;
            }

            consumed += result.ConsumedBytes;
            if (!receiver.Receive(flow, result))
            {
                return (consumed, false);
            }
        }

        return (consumed, true);
    }

    private int AnswerShortly(StreamFlow flow, ReadOnlySpan<byte> rest)
    {
        Span<byte> answer = stackalloc byte[MaxShortcutAnswerBytes];
        try
        {
            var length = shortcut.Answer(rest, flow, answer, out var consumed);
            if (length > 0)
            {
                flow.TrySend(answer[..length].ToArray());
            }

            return consumed;
        }
#pragma warning disable CA1031 // Whatever it was, this phone is served: what the short way fails at, the long way answers.
        catch (Exception e)
#pragma warning restore CA1031
        {
            receiver.NoteFault(e);
            return 0;
        }
    }

    private static byte[] Fit(byte[] buffer, int filled)
    {
        if (filled == 0)
        {
            return buffer.Length > FirstBufferBytes ? new byte[FirstBufferBytes] : buffer;
        }

        if (filled < buffer.Length)
        {
            return buffer;
        }

        Array.Resize(ref buffer, buffer.Length * 2);
        return buffer;
    }
}
