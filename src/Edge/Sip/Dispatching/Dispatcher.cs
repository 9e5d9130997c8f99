using SipGateway.Sip;

namespace SipGateway.Edge;

/// <summary>
/// Where a new request goes. What needs no grain is answered without a transaction: whoever asks again is answered again, and a flood
/// of challenges costs no memory.
/// </summary>
internal sealed class Dispatcher(
    Responder responder, OurNames names, Registrar registrar, FeatureCalls calls, Bans bans) : IRequestHandler
{
    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase) { "path", "outbound" };

    public void OnRequest(SipRequest request, Flow flow)
    {
        var isOurHost = names.IsOurs(request.RequestUri, flow);
        var verdict = DispatchRules.Decide(request.Method, request.RequestUri, isOurHost);
        if (verdict == DispatchVerdict.Refuse)
        {
            Send(request, flow, responder.Build(request, flow, request.Method.IsKnown ? 405 : 501));
        }
        else if (request.CountOf(SipHeaderName.Require) > 0 && request.Require is null)
        {
            responder.Reply(request, flow, 400, "Malformed Require");
        }
        else if (Unsupported(request) is { } unsupported)
        {
            responder.Send(request, flow, responder.Build(request, flow, 420).Add(SipHeaderName.Unsupported, unsupported).Build());
        }
        else if (request.Method == SipMethod.Bye)
        {
            calls.OnBye(request, flow);
        }
        else if (request.To!.Tag is not null && request.Method == SipMethod.Invite)
        {
            calls.OnReinvite(request, flow);
        }
        else if (request.Method == SipMethod.Register)
        {
            registrar.OnRegister(request, flow, isOurHost);
        }
        else if (verdict == DispatchVerdict.Feature)
        {
            calls.OnInvite(request, flow);
        }
        else if (request.Method == SipMethod.Options)
        {
            Options(request, flow);
        }
        else if (!bans.Silences(flow))
        {
            responder.Reply(request, flow, 404);
        }
    }

    public void OnAck(SipRequest ack, Flow flow) => calls.OnAck(ack, flow);

    // RFC 3261 §8.2.2.3: exactly the tags not understood. Require means nothing in CANCEL and ACK, which do not come here.
    private static string? Unsupported(SipRequest request)
    {
        if (request.CountOf(SipHeaderName.Require) == 0)
        {
            return null;
        }

        var unknown = string.Join(", ", request.Require!.Where(tag => !Extensions.Contains(tag)));
        return unknown.Length == 0 ? null : unknown;
    }

    private void Options(SipRequest request, Flow flow) => Send(request, flow, responder.Build(request, flow, 200)
        .Add(SipHeaderName.Accept, "application/sdp")
        .Add(SipHeaderName.AcceptLanguage, "en")
        .Add(SipHeaderName.Supported, OutboundRules.Supported));

    private void Send(SipRequest request, Flow flow, SipResponseBuilder response) =>
        responder.Send(request, flow, response.Add(SipHeaderName.Allow, Responder.Allow).Build());
}
