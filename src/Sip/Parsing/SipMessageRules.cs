namespace SipGateway.Sip;

/// <summary>The objections that requests and responses share.</summary>
internal static class SipMessageRules
{
    /// <summary>Headers that decide who, what or how much: with two of them, two elements would choose differently (RFC 4475
    /// §3.3.8).</summary>
    private static bool IsSingle(SipHeaderName name) => name is SipHeaderName.CallId or SipHeaderName.CSeq
        or SipHeaderName.From or SipHeaderName.To
        or SipHeaderName.MaxForwards or SipHeaderName.ContentType or SipHeaderName.ContentEncoding or SipHeaderName.Expires
        or SipHeaderName.Event or SipHeaderName.SubscriptionState or SipHeaderName.SessionExpires or SipHeaderName.ReferTo;

    public static SipRejectionReason? CheckVias(SipMessage message)
    {
        if (!message.TryGetHeader(SipHeaderName.Via, out var first))
        {
            return SipRejectionReason.ViaMissing;
        }

        // The usual phone sends one Via, which is read once and kept.
        var isAlone = message.CountOf(SipHeaderName.Via) == 1 && !first.RawValue.Span.Contains((byte)',');
        if (message.TopVia is not { } top || (!isAlone && message.Vias is null))
        {
            return SipRejectionReason.ViaInvalid;
        }

        return string.Equals(top.Branch, Via.MagicCookie, StringComparison.OrdinalIgnoreCase) ? SipRejectionReason.ViaBranchInvalid : null;
    }

    public static SipRejectionReason? CheckDuplicates(SipMessage message)
    {
        var seen = UInt128.Zero;
        foreach (var name in message.HeaderNames)
        {
            var bit = UInt128.One << (int)name;
            if ((seen & bit) != 0 && IsSingle(name))
            {
                return SipRejectionReason.HeaderDuplicate;
            }

            seen |= bit;
        }

        return null;
    }

    public static SipRejectionReason? CheckDialogHeaders(SipMessage message) =>
        Check(message, SipHeaderName.From, message.From is not null, SipRejectionReason.FromMissing, SipRejectionReason.FromInvalid)
        ?? Check(message, SipHeaderName.To, message.To is not null, SipRejectionReason.ToMissing, SipRejectionReason.ToInvalid)
        ?? Check(
            message, SipHeaderName.CallId, message.CallId is not null, SipRejectionReason.CallIdMissing, SipRejectionReason.CallIdInvalid)
        ?? Check(message, SipHeaderName.CSeq, message.CSeq is not null, SipRejectionReason.CSeqMissing, SipRejectionReason.CSeqInvalid);

    public static SipRejectionReason? CheckMaxForwards(SipMessage message) =>
        message.TryGetHeader(SipHeaderName.MaxForwards, out _) && message.MaxForwards is null
            ? SipRejectionReason.MaxForwardsInvalid
            : null;

    public static SipRejectionReason? CheckContacts(SipMessage message, SipLimits limits) => message.Contacts switch
    {
        null => SipRejectionReason.ContactInvalid,
        { Addresses.Count: var count } when count > limits.MaxContactCount => SipRejectionReason.TooManyContacts,
        _ => null,
    };

    private static SipRejectionReason? Check(
        SipMessage message, SipHeaderName name, bool isReadable, SipRejectionReason missing, SipRejectionReason invalid) =>
        isReadable ? null : message.TryGetHeader(name, out _) ? invalid : missing;
}
