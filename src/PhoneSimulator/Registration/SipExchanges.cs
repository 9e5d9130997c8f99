using System.Collections.Concurrent;
using System.Threading.Channels;
using SipGateway.Sip;

namespace SipGateway.PhoneSimulator;

/// <summary>The client transactions of one flow: sends, repeats over UDP, and hands each response to whoever waits for its
/// branch.</summary>
internal sealed class SipExchanges(SipFlow flow, TimeProvider clock)
{
    // RFC 3261 §17.1.1.1 and §17.1.2.1.
    private static readonly TimeSpan T1 = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan T2 = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Timeout = 64 * T1;

    private readonly ConcurrentDictionary<string, Channel<SipResponse>> _waiting = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte[]> _acknowledgements = new(StringComparer.Ordinal);

    /// <summary>Sends a request and waits for its final response.</summary>
    /// <returns>Null when none came in 32 s.</returns>
    /// <exception cref="OperationCanceledException">The token fired, or the flow closed.</exception>
    public async Task<SipResponse?> SendAsync(byte[] request, string branch, bool isInvite, CancellationToken cancellation)
    {
        var responses = _waiting.GetOrAdd(branch, _ => Channel.CreateUnbounded<SipResponse>());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, flow.Closed);
        var (deadline, pause, isProvisional) = (clock.GetTimestamp(), T1, false);
        try
        {
            await flow.SendAsync(request, stop.Token).ConfigureAwait(false);
            while (clock.GetElapsedTime(deadline) < Timeout)
            {
                if (await ReadAsync(responses.Reader, flow.IsReliable || (isInvite && isProvisional) ? Timeout : pause, stop.Token)
                    .ConfigureAwait(false) is { } response)
                {
                    if (response.IsFinal)
                    {
                        return response;
                    }

                    isProvisional = true;
                }
                else if (!flow.IsReliable && !(isInvite && isProvisional))
                {
                    await flow.SendAsync(request, stop.Token).ConfigureAwait(false);

                    // INVITE doubles without end (§17.1.1.2), others up to T2 and at once to it after a provisional (§17.1.2.2).
                    pause = isInvite ? pause * 2 : isProvisional || pause * 2 > T2 ? T2 : pause * 2;
                }
            }

            return null;
        }
        finally
        {
            _waiting.TryRemove(branch, out _);
        }
    }

    /// <summary>Sends an ACK, and again whenever the response it answers comes again.</summary>
    public ValueTask AcknowledgeAsync(string branch, byte[] acknowledgement, CancellationToken cancellation)
    {
        _acknowledgements[branch] = acknowledgement;
        return flow.SendAsync(acknowledgement, cancellation);
    }

    public async ValueTask OnResponseAsync(SipResponse response, CancellationToken cancellation)
    {
        if (SipResponseValidation.Check(response) is not null || response.TopVia?.Branch is not { } branch)
        {
            return;
        }

        if (_waiting.TryGetValue(branch, out var responses))
        {
            responses.Writer.TryWrite(response);
        }
        else if (response.IsFinal && _acknowledgements.TryGetValue(branch, out var acknowledgement))
        {
            await flow.SendAsync(acknowledgement, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<SipResponse?> ReadAsync(ChannelReader<SipResponse> responses, TimeSpan atMost, CancellationToken cancellation)
    {
        using var timer = new CancellationTokenSource(atMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        try
        {
            return await responses.ReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }
}
