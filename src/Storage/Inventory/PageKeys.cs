using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SipGateway.Storage;

/// <summary>Where the next page starts: sealed together with the query it belongs to, so that nobody makes one up or takes one
/// elsewhere.</summary>
internal sealed class PageKeys(byte[] key)
{
    private const int TagBytes = 16;

    /// <summary>A page key.</summary>
    /// <param name="query">Everything that makes the query what it is, but the page.</param>
    /// <param name="position">The order values of the last row of the page.</param>
    public string Seal(string query, params string[] position)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(position);
        return Base64Url.EncodeToString([.. Tag(query, payload), .. payload]);
    }

    /// <summary>Opens a page key.</summary>
    /// <returns>The order values after which the page starts; null for the first page.</returns>
    /// <exception cref="ArgumentException">The key is not from this query.</exception>
    public string[]? Open(string query, string? pageKey)
    {
        if (string.IsNullOrEmpty(pageKey))
            return null;
        var bytes = Base64Url.IsValid(pageKey) ? Base64Url.DecodeFromChars(pageKey) : [];
        if (bytes.Length <= TagBytes || !CryptographicOperations.FixedTimeEquals(bytes.AsSpan(0, TagBytes), Tag(query,
            bytes.AsSpan(TagBytes))))
            throw new ArgumentException("The page key is not from this query. Ask for the first page again.", nameof(pageKey));
        return JsonSerializer.Deserialize<string[]>(bytes.AsSpan(TagBytes));
    }

    private byte[] Tag(string query, ReadOnlySpan<byte> payload)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes(query)));
        hash.AppendData(payload);
        return hash.GetHashAndReset()[..TagBytes];
    }
}
