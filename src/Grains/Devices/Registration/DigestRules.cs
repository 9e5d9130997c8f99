using SipGateway.Grains.Interfaces;
using SipGateway.Sip.Authentication;

namespace SipGateway.Grains.Devices;

/// <summary>Whether digest evidence was made with a secret (RFC 7616 §3.4.1).</summary>
internal static class DigestRules
{
    public static bool Verifies(DigestEvidence digest, string secret)
    {
        if (DigestAlgorithms.Parse(digest.Algorithm) is not { } algorithm) return false;
        var ha1 = DigestResponse.Ha1(algorithm, digest.UserName, digest.Realm, secret);
        return DigestResponse.AreEqual(Expected(algorithm, digest, ha1), digest.Response);
    }

    private static string Expected(DigestAlgorithm algorithm, DigestEvidence digest, string ha1)
    {
        var count = digest.NonceCount.ToString("x8", System.Globalization.CultureInfo.InvariantCulture);
        if (!string.Equals(digest.Qop, "auth-int", StringComparison.OrdinalIgnoreCase))
        {
            return DigestResponse.Compute(
                algorithm, ha1, digest.Method, digest.Uri, digest.Nonce, count, digest.CNonce, digest.Qop.Length == 0 ? null : digest.Qop, []);
        }

        // The body stayed at the edge; its hash came along. H(a:b:c) is what Ha1 computes.
        var secret = algorithm is DigestAlgorithm.Md5Session or DigestAlgorithm.Sha256Session
            ? DigestResponse.Ha1(algorithm, ha1, digest.Nonce, digest.CNonce)
            : ha1;
        var ha2 = DigestResponse.Ha1(algorithm, digest.Method, digest.Uri, digest.BodyHash);
        return DigestResponse.Ha1(algorithm, secret, digest.Nonce, $"{count}:{digest.CNonce}:{digest.Qop}:{ha2}");
    }
}
