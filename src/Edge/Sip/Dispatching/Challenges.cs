using SipGateway.Sip;

namespace SipGateway.Edge;

/// <summary>What those get who have not shown a right digest.</summary>
internal sealed class Challenges(Credentials credentials, Responder responder, Bans bans)
{
    /// <summary>Answers a request whose credentials an edge can judge by itself: none, an old nonce, a wrong digest.</summary>
    public void Answer(SipRequest request, Flow flow, CredentialsVerdict who)
    {
        if ((who.WrongName is { } name ? ToWrong(request, flow, name) : New(request, flow, who.IsStale)) is { } response)
        {
            responder.Send(request, flow, response.Build());
        }
    }

    /// <summary>401 with a fresh nonce.</summary>
    public SipResponseBuilder New(SipRequest request, Flow flow, bool isStale) =>
        credentials.Challenge(responder.Build(request, flow, 401), request, flow, isStale);

    /// <summary>A digest was wrong: 401 with a fresh nonce, above the rate 503, under a ban nothing (null).</summary>
    public SipResponseBuilder? ToWrong(SipRequest request, Flow flow, string name) => bans.Failed(flow, name) switch
    {
        FailureVerdict.Challenged => New(request, flow, isStale: false),
        FailureVerdict.Slowed => responder.Busy(request, flow, null),
        _ => null,
    };
}
