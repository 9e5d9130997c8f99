using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace SipGateway.Trust;

/// <summary>One master key of the ring: 32 random bytes under a number that sealed data names.</summary>
/// <param name="Id">1 to 255; written in front of everything that was sealed under this key.</param>
/// <param name="Material">32 bytes; never leaves the process except into the ring's own file.</param>
public sealed record RingKey(byte Id, ImmutableArray<byte> Material)
{
    /// <summary>Names the key, never its material.</summary>
    public override string ToString() => $"RingKey {Id}";
}

/// <summary>
/// The keys under which everything here is sealed, tagged or encrypted. The newest key seals; the older ones
/// stay readable until nothing names them. Each use has a purpose, and each purpose a key of its own (HKDF,
/// RFC 5869), so that a tag made for one use means nothing in another.
/// </summary>
public sealed class KeyRing
{
    /// <summary>Length of every master and derived key, in bytes.</summary>
    public const int KeyLength = 32;

    private readonly ImmutableArray<RingKey> keys;
    private readonly ConcurrentDictionary<(byte Id, string Purpose), byte[]> derived = new();

    /// <summary>A ring of at least one key; the last one is current.</summary>
    /// <exception cref="ArgumentException">No key, a key of another length, or a number used twice.</exception>
    public KeyRing(IEnumerable<RingKey> keys)
    {
        this.keys = [.. keys];
        if (this.keys.IsEmpty)
        {
            throw new ArgumentException("A key ring needs at least one key.", nameof(keys));
        }

        if (this.keys.Any(k => k.Id == 0 || k.Material.Length != KeyLength))
        {
            throw new ArgumentException($"Every key of a ring has a number from 1 to 255 and {KeyLength} bytes.", nameof(keys));
        }

        if (this.keys.DistinctBy(k => k.Id).Count() != this.keys.Length)
        {
            throw new ArgumentException("Two keys of the ring have the same number.", nameof(keys));
        }
    }

    /// <summary>All keys, oldest first.</summary>
    public ImmutableArray<RingKey> Keys => keys;

    /// <summary>The number of the key that seals new data.</summary>
    public byte CurrentId => keys[^1].Id;

    /// <summary>A ring with one fresh random key, number 1.</summary>
    public static KeyRing Create() => new([NewKey(1)]);

    /// <summary>A fresh random key under this number.</summary>
    public static RingKey NewKey(byte id) => new(id, [.. RandomNumberGenerator.GetBytes(KeyLength)]);

    /// <summary>The key for one purpose, 32 bytes, or null when the ring has no such number any more.</summary>
    public byte[]? Find(byte id, string purpose) => derived.TryGetValue((id, purpose), out var known) ? known : FindNew(id, purpose);

    /// <summary>The current key for one purpose, 32 bytes.</summary>
    public byte[] Current(string purpose) => Find(CurrentId, purpose)!;

    // Apart from what is asked for each packet: a closure in it would be made each time.
    private byte[]? FindNew(byte id, string purpose)
    {
        var key = keys.FirstOrDefault(k => k.Id == id);
        return key is null ? null : derived.GetOrAdd((id, purpose), _ => Derive(key, purpose));
    }

    private static byte[] Derive(RingKey key, string purpose) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256,
        key.Material.AsSpan().ToArray(),
        KeyLength,
        salt: null,
        info: Encoding.UTF8.GetBytes("sipgateway/" + purpose));
}
