using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace SipGateway.Trust;

/// <summary>
/// What a phone is before anybody vouched for it: a MAC it says is its own, 128 random bits and the time of the
/// bootstrap answer. Nothing is stored; its URL token, screen token and SIP account all carry the same three facts under
/// different keys, so that any edge can read them back, and none leads to another.
/// </summary>
/// <param name="Mac">12 lower-case hex digits.</param>
/// <param name="Id">32 lower-case hex digits: the 128 random bits, by which one candidate of a MAC is told from another.</param>
/// <param name="IssuedAtUtc">When the bootstrap answer was made, to the second.</param>
public sealed record Candidate(string Mac, string Id, DateTimeOffset IssuedAtUtc)
{
    /// <summary>How long a candidate may dial its code. A week, because phones are unpacked on one day and enrolled on another.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>The first letter of every candidate's SIP user name.</summary>
    public const char SipUserPrefix = 'c';

    private const int PayloadLength = 6 + 4 + 16;
    private const string TokenPurpose = "candidate-token";
    private const string ScreenPurpose = "candidate-screen";
    private const string UserPurpose = "candidate-sip-user";
    private const string SecretPurpose = "candidate-sip-secret";

    /// <summary>A new candidate for this MAC.</summary>
    public static Candidate Create(string mac, DateTimeOffset now) => new(
        mac,
        Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
        DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()));

    /// <summary>Whether it may still be used.</summary>
    public bool IsAlive(DateTimeOffset now) => now - IssuedAtUtc < Lifetime && IssuedAtUtc - now < TimeSpan.FromMinutes(5);

    /// <summary>The token in its URL, <c>/d/TOKEN/</c>.</summary>
    public string Token(KeyRing ring) => Base64Url.EncodeToString(Seal.Close(ring, TokenPurpose, Payload()));

    /// <summary>The token of its sign-in screen; yields no secret.</summary>
    public string ScreenToken(KeyRing ring) => Base64Url.EncodeToString(Seal.Close(ring, ScreenPurpose, Payload()));

    /// <summary>Its SIP user name: 57 characters, letters and digits.</summary>
    public string SipUser(KeyRing ring) => SipUserPrefix + Base32.Encode(Seal.Close(ring, UserPurpose, Payload()));

    /// <summary>The password of that SIP user, computed and never stored: 32 hex digits (128 bits).</summary>
    /// <returns>Null when the ring no longer has the key that the name was sealed under.</returns>
    public static string? SipSecret(KeyRing ring, string sipUser)
    {
        Span<byte> whole = stackalloc byte[PayloadLength + Seal.Overhead];
        if (sipUser.Length == 0 || !Base32.TryDecode(sipUser.AsSpan(1), whole) || ring.Find(whole[0], SecretPurpose) is not { } key)
        {
            return null;
        }

        return Convert.ToHexStringLower(HMACSHA256.HashData(key, whole)[..16]);
    }

    /// <summary>Reads a URL token back; null when it is not one of ours. Its age is the caller's to check.</summary>
    public static Candidate? FromToken(KeyRing ring, string token) => Open(ring, TokenPurpose, token);

    /// <summary>Reads a screen token back; null when it is not one of ours.</summary>
    public static Candidate? FromScreenToken(KeyRing ring, string token) => Open(ring, ScreenPurpose, token);

    /// <summary>Reads a SIP user name back; null when it is not one of ours.</summary>
    public static Candidate? FromSipUser(KeyRing ring, string sipUser)
    {
        Span<byte> whole = stackalloc byte[PayloadLength + Seal.Overhead];
        Span<byte> payload = stackalloc byte[PayloadLength];
        return sipUser.Length > 0 && sipUser[0] == SipUserPrefix && Base32.TryDecode(sipUser.AsSpan(1), whole)
            && Seal.TryOpen(ring, UserPurpose, whole, payload) ? Read(payload) : null;
    }

    private static Candidate? Open(KeyRing ring, string purpose, string token)
    {
        Span<byte> payload = stackalloc byte[PayloadLength];
        return SealedText.TryOpen(ring, purpose, token, payload) ? Read(payload) : null;
    }

    private byte[] Payload()
    {
        var payload = new byte[PayloadLength];
        Convert.FromHexString(Mac).CopyTo(payload, 0);
        BinaryPrimitives.WriteUInt32BigEndian(payload.AsSpan(6), (uint)IssuedAtUtc.ToUnixTimeSeconds());
        Convert.FromHexString(Id).CopyTo(payload, 10);
        return payload;
    }

    private static Candidate Read(ReadOnlySpan<byte> payload) => new(
        Convert.ToHexStringLower(payload[..6]),
        Convert.ToHexStringLower(payload[10..]),
        DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadUInt32BigEndian(payload[6..])));
}
