using System.Numerics;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using SipGateway.Trust;

namespace SipGateway.Identity;

/// <summary>
/// The directory's keys, all derived from the key ring: nothing to store, nothing to lose, and every process of a cluster has the same.
/// The newest comes first (it signs and encrypts); the older ones still read what they made.
/// </summary>
internal static class DirectoryKeys
{
    private const string EncryptionPurpose = "directory-encryption";
    private const string SigningPurpose = "directory-signing";
    private const string ClientSecretPurpose = "directory-client-secret";

    // SEC 2 §2.4.2: the order of the curve P-256.
    private static readonly BigInteger CurveOrder = BigInteger.Parse(
        "00ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", System.Globalization.NumberStyles.HexNumber,
        System.Globalization.CultureInfo.InvariantCulture);

    public static IEnumerable<SymmetricSecurityKey> Encryption(KeyRing ring) => ring.Keys.Reverse()
        .Select(k => new SymmetricSecurityKey(ring.Find(k.Id, EncryptionPurpose)!) { KeyId = Name("enc", k.Id) });

    public static IEnumerable<ECDsaSecurityKey> Signing(KeyRing ring) => ring.Keys.Reverse()
        .Select(k => new ECDsaSecurityKey(SigningKey(ring.Find(k.Id, SigningPurpose)!)) { KeyId = Name("sig", k.Id) });

    /// <summary>What the gateway shows the directory; known to whoever has the ring and to nobody else.</summary>
    public static string ClientSecret(KeyRing ring) => Convert.ToHexStringLower(ring.Current(ClientSecretPurpose));

    private static string Name(string use, byte id) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{use}-{id}");

    private static ECDsa SigningKey(byte[] seed)
    {
        // FIPS 186-5 §A.2.1: 64 bits more than the order has, so that the remainder has no bias worth the name.
        var wide = HKDF.Expand(HashAlgorithmName.SHA256, seed, 40, "p256"u8.ToArray());
        var secret = (new BigInteger(wide, isUnsigned: true, isBigEndian: true) % (CurveOrder - 1)) + 1;
        var d = new byte[32];
        var bytes = secret.ToByteArray(isUnsigned: true, isBigEndian: true);
        bytes.CopyTo(d, d.Length - bytes.Length);
        return ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = d });
    }
}
