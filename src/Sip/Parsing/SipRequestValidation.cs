namespace SipGateway.Sip;

/// <summary>
/// Whether a well-formed request makes sense to any element (RFC 3261 §8.1.1, §8.2.2): what must be there is there, once, and
/// in its grammar. What a
/// registrar or a user agent makes of it is theirs. Lenient where RFC 2543 phones are: branch, From tag and Max-Forwards may be missing.
/// </summary>
public static class SipRequestValidation
{
    /// <summary>The first objection, or null when there is none.</summary>
    /// <param name="request">A complete message.</param>
    /// <param name="limits">The bounds; the defaults when null.</param>
    public static SipRejectionReason? Check(SipRequest request, SipLimits? limits = null) =>
        CheckVersion(request)
        ?? SipMessageRules.CheckVias(request)
        ?? SipMessageRules.CheckDuplicates(request)
        ?? SipMessageRules.CheckDialogHeaders(request)
        ?? CheckCSeqMethod(request)
        ?? CheckRequestUri(request)
        ?? SipMessageRules.CheckMaxForwards(request)
        ?? SipMessageRules.CheckContacts(request, limits ?? SipLimits.Default);

    private static SipRejectionReason? CheckVersion(SipRequest request) =>
        request.Version.Equals("SIP/2.0", StringComparison.OrdinalIgnoreCase) ? null : SipRejectionReason.VersionUnsupported;

    private static SipRejectionReason? CheckCSeqMethod(SipRequest request) =>
        request.CSeq?.Method == request.Method ? null : SipRejectionReason.CSeqMethodMismatch;

    private static SipRejectionReason? CheckRequestUri(SipRequest request) => request.RequestUri switch
    {
        null or { RawHeaders: not null } => SipRejectionReason.RequestUriInvalid,
        { Scheme: SipUriScheme.Other } => SipRejectionReason.UriSchemeUnsupported,
        _ => null,
    };
}
