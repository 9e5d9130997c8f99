namespace SipGateway.Sip;

/// <summary>The outcome of one call of <see cref="SipParser"/>: a value, because hostile input is no exception.</summary>
public readonly struct SipParseResult
{
    private SipParseResult(
        SipParseStatus status, SipMessage? message, int consumedBytes, SipRejectionReason reason, int offset, bool mustClose)
    {
        Status = status;
        Parsed = message;
        ConsumedBytes = consumedBytes;
        Reason = reason;
        Offset = offset;
        MustClose = mustClose;
    }

    /// <summary>Complete, need-more, keep-alive or rejected.</summary>
    public SipParseStatus Status { get; }

    /// <summary>The message; null unless <see cref="Status"/> is <see cref="SipParseStatus.Complete"/>.</summary>
    public SipMessage? Message => Status == SipParseStatus.Complete ? Parsed : null;

    /// <summary>As much as could be read of a rejected message, so that a 400 can carry its Via, From, To, Call-ID and CSeq;
    /// null when there was nothing to answer.</summary>
    public SipMessage? RejectedMessage => Status == SipParseStatus.Rejected ? Parsed : null;

    /// <summary>How many octets of the buffer are done with. Zero for <see cref="SipParseStatus.NeedMore"/>.</summary>
    public int ConsumedBytes { get; }

    /// <summary>Why it was rejected; <see cref="SipRejectionReason.None"/> otherwise.</summary>
    public SipRejectionReason Reason { get; }

    /// <summary>Where in the buffer the fault is, in octets from its beginning.</summary>
    public int Offset { get; }

    /// <summary>Whether the stream must be closed after the answer: where the next message begins is not known, and a guess
    /// would be request smuggling.</summary>
    public bool MustClose { get; }

    /// <summary>For <see cref="SipParseStatus.NeedMore"/>: how long the buffer must be before asking again makes sense.</summary>
    public int NeededBytes { get; private init; }

    private SipMessage? Parsed { get; }

    internal static SipParseResult Complete(SipMessage message, int consumedBytes) =>
        new(SipParseStatus.Complete, message, consumedBytes, SipRejectionReason.None, 0, false);

    internal static SipParseResult NeedMore(int neededBytes) =>
        new(SipParseStatus.NeedMore, null, 0, SipRejectionReason.None, 0, false) { NeededBytes = neededBytes };

    internal static SipParseResult KeepAlive(int consumedBytes) =>
        new(SipParseStatus.KeepAlive, null, consumedBytes, SipRejectionReason.None, 0, false);

    internal static SipParseResult Rejected(
        SipRejectionReason reason, int offset, int consumedBytes, SipMessage? partial, bool mustClose) =>
        new(SipParseStatus.Rejected, partial, consumedBytes, reason, offset, mustClose);
}
