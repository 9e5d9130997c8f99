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
        return SipResponseBuilder.For(request, statusCode, reason, statusCode == 100 ? null : toTag ?? Tag(request), flow.Remote);
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

        var target = flow is UdpFlow && ReturnPort(request, flow.Remote) is { } port
            ? flows.Find($"udp:{flow.Local}-{new IPEndPoint(flow.Remote.Address, port)}") ?? flow
            : flow;
        if (!target.TrySend(response))
        {
            metrics.Dropped("send_failed");
        }
    }

    private static string Tag(SipRequest request) =>
        StatelessTag.Of(Octets(request, SipHeaderName.CallId), Octets(request, SipHeaderName.From), request.CSeq?.Number ?? 0)
            .ToString("x8", CultureInfo.InvariantCulture);

    private static ReadOnlySpan<byte> Octets(SipRequest request, SipHeaderName name) =>
        request.TryGetHeader(name, out var header) ? header.RawValue.Span : default;

    // RFC 3261 §18.2.2: without rport the answer goes to the sent-by port. Behind a NAT that port leads nowhere, so it counts only where
    // the sent-by address is the one the request came from.
    private static int? ReturnPort(SipRequest request, IPEndPoint remote)
    {
        if (request.TopVia is not { } via || via.Parameters.Contains("rport") || !IPAddress.TryParse(via.Host.Trim('[', ']'), out var host))
        {
            return null;
        }

        var source = remote.Address.IsIPv4MappedToIPv6 ? remote.Address.MapToIPv4() : remote.Address;
        var port = via.Port ?? 5060;
        return host.Equals(source) && port != remote.Port && port > 0 ? port : null;
    }
}
