namespace SipGateway.Sip.Authentication;

/// <summary>The names of algorithms on the wire.</summary>
public static class DigestAlgorithms
{
    /// <summary>As it stands in a challenge: <c>MD5</c>, <c>SHA-256</c>, …</summary>
    public static string Text(this DigestAlgorithm algorithm) => algorithm switch
    {
        DigestAlgorithm.Md5 => "MD5",
        DigestAlgorithm.Md5Session => "MD5-sess",
        DigestAlgorithm.Sha256 => "SHA-256",
        _ => "SHA-256-sess",
    };

    /// <summary>Reads a name in any case; absent means MD5 (RFC 7616 §3.3).</summary>
    /// <returns>Null for an algorithm that is not served.</returns>
    public static DigestAlgorithm? Parse(string? text) => text?.ToUpperInvariant() switch
    {
        null or "MD5" => DigestAlgorithm.Md5,
        "MD5-SESS" => DigestAlgorithm.Md5Session,
        "SHA-256" => DigestAlgorithm.Sha256,
        "SHA-256-SESS" => DigestAlgorithm.Sha256Session,
        _ => null,
    };

    internal static bool IsMd5(this DigestAlgorithm algorithm) => algorithm is DigestAlgorithm.Md5 or DigestAlgorithm.Md5Session;

    internal static bool IsSession(this DigestAlgorithm algorithm) =>
        algorithm is DigestAlgorithm.Md5Session or DigestAlgorithm.Sha256Session;
}
