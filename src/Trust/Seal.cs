using System.Security.Cryptography;

namespace SipGateway.Trust;

/// <summary>
/// A payload with a keyed tag: <c>key id (1) · payload · tag (8)</c>. Eight bytes, because a guess costs the guesser
/// one request each, is rate-limited, and 2^64 of them are out of reach.
/// </summary>
internal static class Seal
{
    public const int TagLength = 8;
    public const int Overhead = 1 + TagLength;

    public static byte[] Close(KeyRing ring, string purpose, ReadOnlySpan<byte> payload)
    {
        var whole = new byte[payload.Length + Overhead];
        whole[0] = ring.CurrentId;
        payload.CopyTo(whole.AsSpan(1));
        WriteTag(ring.Current(purpose), whole.AsSpan(0, payload.Length + 1), whole.AsSpan(payload.Length + 1));
        return whole;
    }

    /// <summary>False for another length, an unknown key and a wrong tag; the tag is compared in constant time.</summary>
    public static bool TryOpen(KeyRing ring, string purpose, ReadOnlySpan<byte> whole, Span<byte> payload)
    {
        if (whole.Length != payload.Length + Overhead)
        {
            return false;
        }

        // An unknown key costs the same work as a known one, so that time tells nothing.
        var key = ring.Find(whole[0], purpose);
        Span<byte> expected = stackalloc byte[TagLength];
        WriteTag(key ?? ring.Current(purpose), whole[..^TagLength], expected);
        var right = CryptographicOperations.FixedTimeEquals(expected, whole[^TagLength..]) & key is not null;
        if (right)
        {
            whole[1..^TagLength].CopyTo(payload);
        }

        return right;
    }

    private static void WriteTag(byte[] key, ReadOnlySpan<byte> data, Span<byte> tag)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, data, mac);
        mac[..TagLength].CopyTo(tag);
    }
}
