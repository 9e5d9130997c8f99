using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SipGateway.Trust;

/// <summary>
/// One-time codes, derived and never stored (RFC 4226 §5.3 with HMAC-SHA-256): state keeps the counter and the number of the key.
/// </summary>
public static class VerificationCode
{
    /// <summary>Fewest digits a tenant may choose: what Teams SIP Gateway uses.</summary>
    public const int MinDigits = 6;

    /// <summary>Most digits a tenant may choose; 31 bits carry no more than nine.</summary>
    public const int MaxDigits = 9;

    private const string Purpose = "verification-code";

    /// <summary>The code of one claim; null when the ring no longer has that key.</summary>
    /// <param name="ring">The key ring.</param>
    /// <param name="keyId">The key that was current when the counter was drawn.</param>
    /// <param name="mac">12 lower-case hex digits.</param>
    /// <param name="tenant">The tenant whose claim it is.</param>
    /// <param name="counter">Rises with each code made for this device.</param>
    /// <param name="digits">6 to 9.</param>
    public static string? Derive(KeyRing ring, byte keyId, string mac, string tenant, long counter, int digits = MinDigits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(digits, MinDigits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(digits, MaxDigits);
        if (ring.Find(keyId, Purpose) is not { } key)
        {
            return null;
        }

        var hash = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{mac}/{tenant}/{counter}")));
        var truncated = BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(hash[^1] & 0x0f)) & 0x7fffffff;
        var modulus = (uint)Math.Pow(10, digits);
        return (truncated % modulus).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    /// <summary>Compares two codes without telling by its time how far they agree.</summary>
    public static bool AreEqual(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));
}
