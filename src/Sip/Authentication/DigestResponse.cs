using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace SipGateway.Sip.Authentication;

/// <summary>The arithmetic of RFC 7616 §3.4.1. Texts are hashed as UTF-8 and exactly as they were received.</summary>
public static class DigestResponse
{
    /// <summary>H(user:realm:password): what a server may keep instead of the password; lower-case hex.</summary>
    public static string Ha1(DigestAlgorithm algorithm, string user, string realm, string password) =>
        Hash(algorithm, user, realm, password);

    /// <summary>H(user:realm:password) under MD5.</summary>
    public static string Ha1(string user, string realm, string password) => Ha1(DigestAlgorithm.Md5, user, realm, password);

    /// <summary>The response parameter, lower-case hex.</summary>
    /// <param name="algorithm">The algorithm; a session algorithm mixes nonce and cnonce into <paramref name="ha1"/>.</param>
    /// <param name="ha1">What <see cref="Ha1(DigestAlgorithm, string, string, string)"/> gave.</param>
    /// <param name="method">The request's method.</param>
    /// <param name="uri">The uri parameter.</param>
    /// <param name="nonce">The nonce parameter.</param>
    /// <param name="nc">The nc parameter as received; unused without qop.</param>
    /// <param name="cnonce">The cnonce parameter; unused without qop and session.</param>
    /// <param name="qop"><c>auth</c>, <c>auth-int</c>, or null as in RFC 2069.</param>
    /// <param name="body">The message's body, which <c>auth-int</c> covers.</param>
    public static string Compute(
        DigestAlgorithm algorithm, string ha1, string method, string uri, string nonce, string? nc, string? cnonce, string? qop,
        ReadOnlySpan<byte> body)
    {
        var secret = algorithm.IsSession() ? Hash(algorithm, ha1, nonce, cnonce ?? string.Empty) : ha1;
        var ha2 = string.Equals(qop, "auth-int", StringComparison.OrdinalIgnoreCase)
            ? Hash(algorithm, method, uri, HashOf(algorithm, body))
            : Hash(algorithm, method, uri);
        return qop is null
            ? Hash(algorithm, secret, nonce, ha2)
            : Hash(algorithm, secret, nonce, nc ?? string.Empty, cnonce ?? string.Empty, qop, ha2);
    }

    /// <summary>Whether these credentials were made with the secret behind <paramref name="ha1"/>; compared in constant time.</summary>
    public static bool Verify(DigestCredentials credentials, string ha1, string method, ReadOnlySpan<byte> body)
    {
        if (DigestAlgorithms.Parse(credentials.Algorithm) is not { } algorithm)
        {
            return false;
        }

        var expected = Compute(
            algorithm, ha1, method, credentials.Uri, credentials.Nonce, credentials.NonceCountText, credentials.Cnonce, credentials.Qop,
            body);
        return AreEqual(expected, credentials.Response);
    }

    /// <summary>H(body): what <c>auth-int</c> covers; lower-case hex.</summary>
    public static string BodyHash(DigestAlgorithm algorithm, ReadOnlySpan<byte> body) => HashOf(algorithm, body);

    /// <summary>Compares two responses without telling by its time how far they agree; the case of hex digits does not matter.</summary>
    public static bool AreEqual(string one, string other) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(one.ToLowerInvariant()), Encoding.UTF8.GetBytes(other.ToLowerInvariant()));

    private static string Hash(DigestAlgorithm algorithm, params ReadOnlySpan<string> parts)
    {
        var length = parts.Length;
        foreach (var part in parts)
        {
            length += Encoding.UTF8.GetMaxByteCount(part.Length);
        }

        var rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var at = 0;
            foreach (var part in parts)
            {
                at += Encoding.UTF8.GetBytes(part, rented.AsSpan(at));
                rented[at++] = (byte)':';
            }

            return HashOf(algorithm, rented.AsSpan(0, at - 1));
        }
        finally
        {
            // Passwords and HA1 pass through here.
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }
    }

    private static string HashOf(DigestAlgorithm algorithm, ReadOnlySpan<byte> data)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (!algorithm.IsMd5())
        {
            return Convert.ToHexStringLower(hash[..SHA256.HashData(data, hash)]);
        }

#pragma warning disable CA5351 // RFC 3261 digest is MD5; the secrets are 128 random bits.
        return Convert.ToHexStringLower(hash[..MD5.HashData(data, hash)]);
#pragma warning restore CA5351
    }
}
