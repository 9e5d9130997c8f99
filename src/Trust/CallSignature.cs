using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SipGateway.Trust;

/// <summary>
/// Says that a call of a grain comes from a process that may command phones. The key comes from the master key, which edges hold, and from a row
/// of the database, which they cannot read: neither is enough.
/// </summary>
public sealed class CallSignature
{
    /// <summary>Length of what the database keeps, in bytes.</summary>
    public const int SaltLength = 32;

    /// <summary>Length of a signature: 8 bytes of time and 16 of the keyed hash.</summary>
    public const int Length = 8 + TagLength;

    private const int TagLength = 16;

    // Nobody sees a signature who could use it twice; the bound is for what leaked some other way. Above what two clocks differ by.
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(15);

    private readonly byte[] key;

    private CallSignature(byte[] key) => this.key = key;

    /// <summary>The cluster's key.</summary>
    /// <param name="masterKey">Opens the key ring; base64.</param>
    /// <param name="salt">What the database keeps; <see cref="SaltLength"/> bytes.</param>
    public static CallSignature Create(string masterKey, byte[] salt) => salt.Length == SaltLength
        ? new(HKDF.DeriveKey(HashAlgorithmName.SHA256, Convert.FromBase64String(masterKey), 32, salt, "sipgateway grain call"u8.ToArray()))
        : throw new ArgumentException($"The salt is {salt.Length} bytes long and must be {SaltLength}.", nameof(salt));

    /// <summary>Signs a call.</summary>
    /// <param name="target">Which grain.</param>
    /// <param name="call">Which of its calls.</param>
    /// <param name="now">The time.</param>
    public byte[] Sign(string target, string call, DateTimeOffset now)
    {
        var signature = new byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(signature, now.ToUnixTimeSeconds());
        Tag(target, call, signature.AsSpan(0, 8), signature.AsSpan(8));
        return signature;
    }

    /// <summary>Whether a signature is one of this cluster's, for this call, and fresh.</summary>
    public bool IsGood(byte[]? signature, string target, string call, DateTimeOffset now)
    {
        if (signature is not { Length: Length })
        {
            return false;
        }

        Span<byte> right = stackalloc byte[TagLength];
        Tag(target, call, signature.AsSpan(0, 8), right);
        var age = now.ToUnixTimeSeconds() - BinaryPrimitives.ReadInt64BigEndian(signature);
        return CryptographicOperations.FixedTimeEquals(right, signature.AsSpan(8)) && age <= MaxAge.TotalSeconds && age >= -MaxAge.TotalSeconds;
    }

    private void Tag(string target, string call, ReadOnlySpan<byte> time, Span<byte> tag)
    {
        // No name of a grain's call holds a zero, so that two different pairs never read alike.
        var length = Encoding.UTF8.GetByteCount(call) + 1 + Encoding.UTF8.GetByteCount(target);
        Span<byte> text = length + time.Length <= 512 ? stackalloc byte[length + time.Length] : new byte[length + time.Length];
        time.CopyTo(text);
        var end = time.Length + Encoding.UTF8.GetBytes(call, text[time.Length..]);
        text[end++] = 0;
        Encoding.UTF8.GetBytes(target, text[end..]);
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, text, whole);
        whole[..TagLength].CopyTo(tag);
    }
}
