using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SipGateway.Trust;

/// <summary>Secrets at rest: AES-256-GCM under the key ring, bound to the place where they are stored.</summary>
public static class SecretBox
{
    private const string Purpose = "secret-at-rest";
    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <summary>Encrypts; the result names its key: <c>KEYID.base64url</c>.</summary>
    /// <param name="ring">The key ring.</param>
    /// <param name="secret">What to hide.</param>
    /// <param name="place">What it belongs to, such as <c>device/001565aabbcc/sip</c>; moved elsewhere it does not open.</param>
    public static string Lock(KeyRing ring, string secret, string place)
    {
        var plain = Encoding.UTF8.GetBytes(secret);
        var box = new byte[NonceLength + plain.Length + TagLength];
        var nonce = box.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(ring.Current(Purpose), TagLength);
        aes.Encrypt(nonce, plain, box.AsSpan(NonceLength, plain.Length), box.AsSpan(NonceLength + plain.Length), Encoding.UTF8.GetBytes(place));
        return string.Create(CultureInfo.InvariantCulture, $"{ring.CurrentId}.{Base64Url.EncodeToString(box)}");
    }

    /// <summary>Decrypts; null when the key is gone, the text was changed, or it was stored elsewhere.</summary>
    public static string? Unlock(KeyRing ring, string locked, string place)
    {
        var dot = locked.IndexOf('.', StringComparison.Ordinal);
        if (dot < 1 || !byte.TryParse(locked.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            || ring.Find(id, Purpose) is not { } key || !Base64Url.IsValid(locked.AsSpan(dot + 1)))
        {
            return null;
        }

        var box = Base64Url.DecodeFromChars(locked.AsSpan(dot + 1));
        return box.Length < NonceLength + TagLength ? null : Decrypt(key, box, place);
    }

    private static string? Decrypt(byte[] key, byte[] box, string place)
    {
        var plain = new byte[box.Length - NonceLength - TagLength];
        using var aes = new AesGcm(key, TagLength);
        try
        {
            aes.Decrypt(box.AsSpan(0, NonceLength), box.AsSpan(NonceLength, plain.Length), box.AsSpan(^TagLength..), plain, Encoding.UTF8.GetBytes(place));
            return Encoding.UTF8.GetString(plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
