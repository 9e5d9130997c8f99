using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace SipGateway.Hosting;

/// <summary>A key that somebody else than the owner of the gateway holds. The key itself is kept nowhere.</summary>
/// <param name="Name">Names it in the audit log: lower-case letters, digits and hyphens.</param>
/// <param name="Grant">What its holder may do.</param>
/// <param name="Hash">SHA-256 of the key in lower-case hex; its 256 random bits need no salt.</param>
public sealed record NamedAdminKey(string Name, AdminGrant Grant, string Hash)
{
    private const int MaxNameChars = 40;

    /// <summary>A new key of 256 random bits, and what is kept of it.</summary>
    public static (string Key, NamedAdminKey Kept) Create(string name, AdminGrant grant)
    {
        var key = $"sipgw_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}";
        return (key, new NamedAdminKey(name, grant, HashOf(key)));
    }

    /// <summary>What is kept of a key.</summary>
    public static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>Whether a key may be called so.</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= MaxNameChars && text[0] != '-' && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>Whether this is a hash of a key.</summary>
    public static bool IsHash(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);
}
