namespace SipGateway.Sip.Authentication;

/// <summary>The hash functions of RFC 8760 that are served. SHA-512/256 is not: no phone we know speaks it.</summary>
public enum DigestAlgorithm
{
    /// <summary>MD5: what every phone speaks; enough for secrets of 128 random bits.</summary>
    Md5,

    /// <summary>MD5 with a session key: H(HA1:nonce:cnonce).</summary>
    Md5Session,

    /// <summary>SHA-256.</summary>
    Sha256,

    /// <summary>SHA-256 with a session key.</summary>
    Sha256Session,
}
