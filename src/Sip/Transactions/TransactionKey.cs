namespace SipGateway.Sip.Transactions;

/// <summary>By what a message finds its transaction (RFC 3261 §17.1.3, §17.2.3).</summary>
/// <param name="Branch">The branch of the topmost Via; for an RFC 2543 sender the fields that stood in for it.</param>
/// <param name="SentBy">The sent-by of the topmost Via in lower case, port included; empty for a client, whose branch is its own.</param>
/// <param name="Method">The method; ACK counts as INVITE.</param>
public readonly record struct TransactionKey(string Branch, string SentBy, string Method)
{
    /// <summary>What every branch since RFC 3261 begins with.</summary>
    public const string MagicCookie = "z9hG4bK";

    /// <summary>The key of a request received from a sender that makes unique branches.</summary>
    public static TransactionKey Server(string branch, string sentBy, string method) =>
        new(branch, sentBy.ToLowerInvariant(), CanonicalMethod(method));

    /// <summary>The key of a request from an RFC 2543 sender (§17.2.3): no cookie, so everything else that stays the same.</summary>
    /// <remarks>
    /// The To tag is left out, because the ACK carries the one of the answer; Call-ID, From tag and CSeq tell dialogs apart.
    /// </remarks>
    public static TransactionKey Legacy(string requestUri, string fromTag, string callId, long cseq, string topVia, string method) =>
        new(string.Join('\n', requestUri, fromTag, callId, cseq, topVia), string.Empty, CanonicalMethod(method));

    /// <summary>The key of a request we sent: our branch and the method of CSeq.</summary>
    public static TransactionKey Client(string branch, string method) => new(branch, string.Empty, method);

    /// <summary>Whether the branch promises to be unique.</summary>
    public static bool IsUnique(string? branch) =>
        branch is not null && branch.Length > MagicCookie.Length && branch.StartsWith(MagicCookie, StringComparison.OrdinalIgnoreCase);

    /// <summary>The key of the INVITE that this CANCEL wants to end (§9.2).</summary>
    public TransactionKey OfInvite() => this with { Method = "INVITE" };

    private static string CanonicalMethod(string method) => method == "ACK" ? "INVITE" : method;
}
