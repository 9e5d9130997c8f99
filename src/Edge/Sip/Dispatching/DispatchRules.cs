using SipGateway.Sip;

namespace SipGateway.Edge;

/// <summary>What the gateway does with a request.</summary>
internal enum DispatchVerdict
{
    /// <summary>A method that is not served: refused before anything looks at it.</summary>
    Refuse,

    /// <summary>The gateway itself answers: REGISTER, OPTIONS, BYE of a call with the gateway.</summary>
    Answer,

    /// <summary>A feature code: the gateway takes the call.</summary>
    Feature,

    /// <summary>A call to somebody else; there is nowhere to relay it to yet.</summary>
    Relay,
}

/// <summary>The dispatcher's decision.</summary>
internal static class DispatchRules
{
    public static DispatchVerdict Decide(SipMethod method, SipUri? requestUri, bool isOurHost)
    {
        if (method == SipMethod.Register || method == SipMethod.Options || method == SipMethod.Bye)
        {
            return DispatchVerdict.Answer;
        }

        if (method != SipMethod.Invite)
        {
            return DispatchVerdict.Refuse;
        }

        var isHere = isOurHost || requestUri is { Scheme: SipUriScheme.Tel };
        return isHere && FeatureCode.Parse(requestUri) is not null ? DispatchVerdict.Feature : DispatchVerdict.Relay;
    }
}
