using System.Security.Cryptography;
using System.Text;

namespace SipGateway.Trust;

/// <summary>The key ring of a cluster as the database keeps it: sealed under a master key that the database never sees.</summary>
public static class SealedKeyRing
{
    private const string Place = "cluster/key-ring";

    /// <summary>A fresh master key as text, for a file or the environment.</summary>
    public static string NewMasterKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyRing.KeyLength));

    /// <summary>Says what is wrong with a master key; null when nothing is.</summary>
    public static string? FaultOf(string masterKey)
    {
        var bytes = new byte[KeyRing.KeyLength];
        return Convert.TryFromBase64String(masterKey, bytes, out var length) && length == KeyRing.KeyLength
            ? null
            : $"The master key must be {KeyRing.KeyLength} random bytes in base64; make one with: openssl rand -base64 {KeyRing.KeyLength}";
    }

    /// <summary>Seals a ring.</summary>
    public static byte[] Seal(KeyRing ring, string masterKey) =>
        Encoding.ASCII.GetBytes(SecretBox.Lock(MasterRing(masterKey), Encoding.UTF8.GetString(KeyRingJson.Write(ring)), Place));

    /// <summary>Opens a ring.</summary>
    /// <exception cref="InvalidDataException">It was sealed under another master key, or changed.</exception>
    public static KeyRing Open(byte[] sealedRing, string masterKey)
    {
        var json = SecretBox.Unlock(MasterRing(masterKey), Encoding.ASCII.GetString(sealedRing), Place) ?? throw new InvalidDataException(
            "The cluster's key ring does not open with this master key: it is another cluster's, or the key was changed. "
            + "Every process of a cluster has the same master key; give the one that the first silo was started with.");
        return KeyRingJson.Read(Encoding.UTF8.GetBytes(json), "The cluster's key ring");
    }

    private static KeyRing MasterRing(string masterKey) => new([new RingKey(1, [.. Convert.FromBase64String(masterKey)])]);
}
