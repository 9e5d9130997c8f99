using System.Globalization;
using System.Net;
using SipGateway.Sip;

namespace SipGateway.Edge;

/// <summary>Makes responses and sends them where RFC 3261 §18.2.2 wants them.</summary>
internal sealed class Responder(EdgeSipOptions options, FlowTable flows, LiveFlows live, EdgeSipMetrics metrics)
{
    /// <summary>Every method that is served.</summary>
    public const string Allow = "REGISTER, OPTIONS, INVITE, ACK, CANCEL, BYE";

    /// <summary>Begins a response; a 100 has no tag of ours.</summary>
    public SipResponseBuilder Build(SipRequest request, Flow flow, int statusCode, string? reason = null, string? toTag = null)
    {
        metrics.Responded(request.Method.IsKnown ? request.Method.Text : "other", statusCode);
        return SipResponseBuilder.For(request, statusCode, reason, statusCode == 100 ? null : toTag ?? StatelessTag.Of(request), flow.Remote);
    }

    /// <summary>Answers without a transaction: whoever asks again is answered again.</summary>
    public void Reply(SipRequest request, Flow flow, int statusCode, string? reason = null) =>
        Send(request, flow, Build(request, flow, statusCode, reason).Build());

    /// <summary>503: come back later.</summary>
    public void Busy(SipRequest request, Flow flow) => Send(request, flow, Busy(request, flow, null).Build());

    /// <summary>503: come back later.</summary>
    public SipResponseBuilder Busy(SipRequest request, Flow flow, string? toTag) => Build(request, flow, 503, null, toTag)
        .Add(SipHeaderName.RetryAfter, options.Limits.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture));

    /// <summary>
    /// Sends a response over the request's flow: every response of the long way passes here. An address that has not shown that it is the
    /// sender's gets no more than <see cref="ReplyBound"/> lets through.
    /// </summary>
    public void Send(SipRequest request, Flow flow, ReadOnlyMemory<byte> response)
    {
        if (!flow.IsProven && !live.IsLive(flow))
        {
            response = ReplyBound.Shorten(response, request.Bytes.Length);
            if (response.IsEmpty)
            {
                metrics.Refused("amplification");
                return;
            }
        }

        var target = flow is UdpFlow && ReturnPort.Of(request, flow.Remote) is { } port
            ? flows.Find($"udp:{flow.Local}-{new IPEndPoint(flow.Remote.Address, port)}") ?? flow
            : flow;
        if (!target.TrySend(response))
        {
            metrics.Dropped("send_failed");
        }
    }
}
