namespace SipGateway.Sip;

/// <summary>Whether a well-formed response can belong to anything (RFC 3261 §8.1.3). One that cannot is dropped in silence.</summary>
public static class SipResponseValidation
{
    /// <summary>The first objection, or null when there is none.</summary>
    public static SipRejectionReason? Check(SipResponse response) =>
        SipMessageRules.CheckVias(response)
        ?? SipMessageRules.CheckDuplicates(response)
        ?? SipMessageRules.CheckDialogHeaders(response);
}
