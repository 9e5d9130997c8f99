using System.Collections.Immutable;
using SipGateway.Grains.Interfaces;
using SipGateway.Sip;
using SipGateway.Trust;

namespace SipGateway.Edge;

/// <summary>
/// Requests within calls that another edge holds: a balancer brought them here. The call's address names its edge, which answers from memory, and
/// this edge answers the phone.
/// </summary>
internal sealed class PassedCalls(EdgeSipOptions options, KeyRing ring, GrainCalls grains, Responder responder)
{
    /// <summary>The user part of this edge's calls' addresses.</summary>
    public string Token { get; } = EdgeToken.Format(ring, options.EdgeId);

    /// <summary>Passes a request on if its address names another edge, and answers when that edge has.</summary>
    /// <returns>False when it names none: the request is this edge's own to answer.</returns>
    public bool TryPassOn(SipRequest request, Flow flow)
    {
        if (EdgeToken.Parse(ring, request.RequestUri?.User) is not { } edge || edge == options.EdgeId)
        {
            return false;
        }

        _ = PassOnAsync(edge, request, flow);
        return true;
    }

    private async Task PassOnAsync(string edge, SipRequest request, Flow flow)
    {
        var passed = new PassedRequest
        {
            Method = request.Method.Text,
            CallId = request.CallId!,
            LocalTag = request.To?.Tag ?? string.Empty,
            Body = [.. request.Body.Span],
        };

        // An edge that is away took its calls along.
        var (isAsked, answer) = await grains.AskEdgeAsync("passOn", edge, e => e.PassOn(passed));
        if (request.Method == SipMethod.Ack)
        {
            return;
        }

        if (isAsked)
        {
            responder.Reply(request, flow, answer?.StatusCode ?? 481);
        }
        else
        {
            responder.Busy(request, flow);
        }
    }
}
