using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace SipGateway.AdminApi;

/// <summary>A key of an administrator, as its hash: the key itself is kept in its file only.</summary>
public sealed class AdminKey
{
    private readonly ImmutableArray<byte> _hash;

    private AdminKey(ImmutableArray<byte> hash)
    {
        _hash = hash;
        Id = Convert.ToHexStringLower(hash.AsSpan(0, 4));
    }

    /// <summary>Names the key in the audit journal: the first 8 hex digits of its hash.</summary>
    public string Id { get; }

    /// <summary>The key that is shown as this text.</summary>
    /// <exception cref="ArgumentException">Shorter than 32 characters: it could be guessed.</exception>
    public static AdminKey FromText(string text)
    {
        if (text.Length < MinChars)
        {
            throw new ArgumentException($"An admin key has at least {MinChars} characters; this one has {text.Length}.", nameof(text));
        }

        return new AdminKey([.. SHA256.HashData(Encoding.UTF8.GetBytes(text))]);
    }

    /// <summary>Whether this is the key; the time it takes tells nothing.</summary>
    public bool Matches(string presented) =>
        CryptographicOperations.FixedTimeEquals(_hash.AsSpan(), SHA256.HashData(Encoding.UTF8.GetBytes(presented)));

    internal const int MinChars = 32;
}
