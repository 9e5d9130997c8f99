using System.Security.Cryptography;
using SipGateway.Sip.Authentication;

namespace SipGateway.Sip.Plain;

/// <summary>RFC 7616 §3.4.1 with MD5 and <c>qop=auth</c>, over octets and without allocating.</summary>
public static class PlainDigest
{
    private const int HexLength = 32;
    private const int MaxTextLength = 1024;

    [ThreadStatic]
    private static byte[]? a2Text;

    [ThreadStatic]
    private static byte[]? a2Hex;

    /// <summary>Whether the response was made with the secret behind HA1; compared in constant time.</summary>
    /// <param name="authorization">What the phone sent.</param>
    /// <param name="ha1">H(user:realm:password), 32 lower-case hex digits.</param>
    /// <param name="method">The request's method.</param>
    public static bool Verifies(scoped in PlainAuthorization authorization, ReadOnlySpan<byte> ha1, ReadOnlySpan<byte> method)
    {
        Span<byte> text = stackalloc byte[MaxTextLength];
        Span<byte> expected = stackalloc byte[HexLength];
        Span<byte> ha2 = stackalloc byte[HexLength];
        // Behind every part stands a colon while it is put together, behind the last one, too.
        if (ha1.Length != HexLength || method.Length + authorization.Uri.Length + 2 > MaxTextLength
            || (3 * HexLength) + authorization.Nonce.Length + authorization.ClientNonce.Length > MaxTextLength)
        {
            return false;
        }

        var at = 0;
        Append(text, ref at, method);
        Append(text, ref at, authorization.Uri);
        HashA2(text[..(at - 1)], ha2);
        at = 0;
        Append(text, ref at, ha1);
        Append(text, ref at, authorization.Nonce);
        Append(text, ref at, authorization.NonceCountText);
        Append(text, ref at, authorization.ClientNonce);
        Append(text, ref at, "auth"u8);
        Append(text, ref at, ha2);
        Hash(text[..(at - 1)], expected);
        return CryptographicOperations.FixedTimeEquals(expected, authorization.Response);
    }

    private static void Append(Span<byte> text, ref int at, ReadOnlySpan<byte> part)
    {
        part.CopyTo(text[at..]);
        text[at + part.Length] = (byte)':';
        at += part.Length + 1;
    }

    // Nearly all phones of a gateway ask for the same URI by the same method.
    private static void HashA2(ReadOnlySpan<byte> text, Span<byte> hex)
    {
        if (!text.SequenceEqual(a2Text))
        {
            Hash(text, hex);
            (a2Text, a2Hex) = (text.ToArray(), hex.ToArray());
        }

        a2Hex.CopyTo(hex);
    }

    private static void Hash(ReadOnlySpan<byte> data, Span<byte> hex)
    {
        Span<byte> hash = stackalloc byte[MD5.HashSizeInBytes];
        ThreadHash.Md5(data, hash);
        Convert.TryToHexStringLower(hash, hex, out _);
    }
}
