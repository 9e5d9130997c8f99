using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace SipGateway.Sip.Authentication;

/// <summary>
/// Nonces that nobody stores: key number, time, issuer, whom it was given to and a keyed hash of the four. Every edge that holds the keys can
/// read them back, so a 401 costs no memory and no call. Whoever echoes a nonce that was given to its address receives what is sent there.
/// </summary>
/// <remarks>
/// Layout: key id (1) · microseconds (7) · issuer (8) · source (8) · first 12 bytes of HMAC-SHA-256; base64url, 48 characters. The source is no
/// secret, the one who asked knows it; under the hash nobody can write another's into it.
/// </remarks>
public sealed class NonceIssuer
{
    private const int IssuerAt = 8;
    private const int SourceAt = 16;
    private const int TagAt = 24;
    private const int Length = 36;
    private const long TimeMask = (1L << 56) - 1;

    private readonly byte keyId;
    private readonly Func<byte, byte[]?> findKey;
    private readonly byte[] issuer;
    private readonly TimeSpan lifetime;
    private long last;

    /// <summary>An issuer.</summary>
    /// <param name="keyId">The number of the key for new nonces.</param>
    /// <param name="findKey">A key by number; null when it is gone. The key <paramref name="keyId"/> is there.</param>
    /// <param name="edgeId">Which edge issues.</param>
    /// <param name="startedAtUtc">When it started: what it remembered before is gone.</param>
    /// <param name="lifetime">How long a nonce is good.</param>
    public NonceIssuer(byte keyId, Func<byte, byte[]?> findKey, string edgeId, DateTimeOffset startedAtUtc, TimeSpan lifetime)
    {
        this.keyId = keyId;
        this.findKey = findKey;
        this.lifetime = lifetime;
        issuer = SHA256.HashData(Encoding.UTF8.GetBytes($"{edgeId}\n{startedAtUtc.UtcTicks}"))[..(SourceAt - IssuerAt)];
    }

    /// <summary>How many characters every nonce has.</summary>
    public static int TextLength { get; } = Base64Url.GetEncodedLength(Length);

    /// <summary>A fresh nonce; no two of one issuer are equal.</summary>
    /// <param name="now">The time.</param>
    /// <param name="source">Whom it is given to, as the caller names sources.</param>
    public string Issue(DateTimeOffset now, ulong source)
    {
        Span<byte> text = stackalloc byte[TextLength];
        Issue(now, source, text);
        return Encoding.ASCII.GetString(text);
    }

    /// <summary>Writes a fresh nonce of <see cref="TextLength"/> characters.</summary>
    public void Issue(DateTimeOffset now, ulong source, Span<byte> text)
    {
        Span<byte> nonce = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(nonce, NextMicroseconds(now));
        nonce[0] = keyId;
        issuer.CopyTo(nonce[IssuerAt..]);
        BinaryPrimitives.WriteUInt64BigEndian(nonce[SourceAt..], source);
        WriteTag(findKey(keyId)!, nonce[..TagAt], nonce[TagAt..]);
        Base64Url.EncodeToUtf8(nonce, text);
    }

    /// <summary>Reads a nonce back.</summary>
    public NonceVerdict Check(string nonce, DateTimeOffset now)
    {
        Span<byte> text = stackalloc byte[TextLength];
        return nonce.Length == TextLength && Encoding.UTF8.TryGetBytes(nonce, text, out var written) && written == TextLength
            ? Check(text, now)
            : new NonceVerdict(NonceStatus.Forged, 0);
    }

    /// <summary>Reads a nonce back.</summary>
    public NonceVerdict Check(ReadOnlySpan<byte> nonce, DateTimeOffset now)
    {
        Span<byte> bytes = stackalloc byte[Length];
        if (nonce.Length != TextLength || !TryDecode(nonce, bytes) || findKey(bytes[0]) is not { } key)
        {
            return new NonceVerdict(NonceStatus.Forged, 0);
        }

        Span<byte> tag = stackalloc byte[Length - TagAt];
        WriteTag(key, bytes[..TagAt], tag);
        if (!CryptographicOperations.FixedTimeEquals(tag, bytes[TagAt..]))
        {
            return new NonceVerdict(NonceStatus.Forged, 0);
        }

        var issuedAt = BinaryPrimitives.ReadInt64BigEndian(bytes) & TimeMask;
        var status = Microseconds(now) - issuedAt >= lifetime.TotalMicroseconds ? NonceStatus.Expired
            : bytes[IssuerAt..SourceAt].SequenceEqual(issuer) ? NonceStatus.Valid
            : NonceStatus.OtherStart;
        return new NonceVerdict(status, issuedAt, BinaryPrimitives.ReadUInt64BigEndian(bytes[SourceAt..]));
    }

    private static long Microseconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private static bool TryDecode(ReadOnlySpan<byte> nonce, Span<byte> bytes)
    {
        // One nonce has one spelling: what decodes but would be written otherwise is a second name for a used one.
        Span<byte> again = stackalloc byte[TextLength];
        return Base64Url.IsValid(nonce) && Base64Url.TryDecodeFromUtf8(nonce, bytes, out var written) && written == Length
            && Base64Url.TryEncodeToUtf8(bytes, again, out _) && again.SequenceEqual(nonce);
    }

    private static void WriteTag(byte[] key, ReadOnlySpan<byte> data, Span<byte> tag)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        ThreadHash.HmacSha256(key, data, mac);
        mac[..tag.Length].CopyTo(tag);
    }

    private long NextMicroseconds(DateTimeOffset now)
    {
        var wanted = Microseconds(now);
        while (true)
        {
            var before = Interlocked.Read(ref last);
            var next = Math.Max(wanted, before + 1);
            if (Interlocked.CompareExchange(ref last, next, before) == before)
            {
                return next;
            }
        }
    }
}
