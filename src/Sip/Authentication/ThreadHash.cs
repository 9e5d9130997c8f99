using System.Security.Cryptography;

namespace SipGateway.Sip.Authentication;

/// <summary>
/// Hashes with a context that each thread keeps. Measured: the one-shot calls spend half of their time on making and freeing one.
/// </summary>
internal static class ThreadHash
{
    [ThreadStatic]
    private static IncrementalHash? md5;

    [ThreadStatic]
    private static IncrementalHash? hmac;

    [ThreadStatic]
    private static byte[]? hmacKey;

    /// <summary>MD5, 16 bytes.</summary>
    public static void Md5(ReadOnlySpan<byte> data, Span<byte> hash)
    {
#pragma warning disable CA5351 // RFC 3261 digest is MD5; the secrets are 128 random bits.
        var context = md5 ??= IncrementalHash.CreateHash(HashAlgorithmName.MD5);
#pragma warning restore CA5351
        context.AppendData(data);
        context.GetHashAndReset(hash);
    }

    /// <summary>HMAC-SHA-256, 32 bytes. A key is told from another by its array, which never changes.</summary>
    public static void HmacSha256(byte[] key, ReadOnlySpan<byte> data, Span<byte> hash)
    {
        if (hmac is null || !ReferenceEquals(hmacKey, key))
        {
            hmac?.Dispose();
            hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
            hmacKey = key;
        }

        hmac.AppendData(data);
        hmac.GetHashAndReset(hash);
    }
}
