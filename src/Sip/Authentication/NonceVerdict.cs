namespace SipGateway.Sip.Authentication;

/// <summary>What a nonce is worth.</summary>
public enum NonceStatus
{
    /// <summary>Made by this very issuer since its start, and young enough.</summary>
    Valid,

    /// <summary>Made by another edge, or by this one before its last start, under the same keys, and young enough.</summary>
    OtherStart,

    /// <summary>Ours, and too old: <c>stale=true</c>.</summary>
    Expired,

    /// <summary>Not ours, or changed.</summary>
    Forged,
}

/// <summary>The reading of one nonce.</summary>
/// <param name="Status">What it is worth.</param>
/// <param name="IssuedAtMicroseconds">
/// When it was made, in microseconds since 1970 (UTC); two nonces of one issuer never share it, so that a later one sorts higher.
/// 0 when forged.
/// </param>
/// <param name="Source">Whom it was given to; 0 when forged.</param>
public readonly record struct NonceVerdict(NonceStatus Status, long IssuedAtMicroseconds, ulong Source = 0)
{
    /// <summary>Whether a digest over it may be accepted, if its count was not seen before.</summary>
    public bool IsUsable => Status is NonceStatus.Valid or NonceStatus.OtherStart;
}
