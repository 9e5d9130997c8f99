using System.Buffers.Text;

namespace SipGateway.Trust;

/// <summary>A seal as it stands in a URL: base64url without padding.</summary>
internal static class SealedText
{
    public static bool TryOpen(KeyRing ring, string purpose, ReadOnlySpan<char> token, Span<byte> payload)
    {
        Span<byte> whole = stackalloc byte[payload.Length + Seal.Overhead];
        return token.Length == Base64Url.GetEncodedLength(whole.Length)
            && Base64Url.IsValid(token)
            && Base64Url.TryDecodeFromChars(token, whole, out var written)
            && written == whole.Length
            && Seal.TryOpen(ring, purpose, whole, payload);
    }
}
