using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SipGateway.Storage;

/// <summary>The hash chain of the audit journal: each hash covers the one before, so no row can be changed, added or taken out
/// unseen.</summary>
internal static class AuditChain
{
    /// <summary>What the first row follows.</summary>
    public static readonly string Start = new('0', 64);

    /// <summary>SHA-256, lower-case hex, over the hash before, the sequence number, the time in microseconds since 1970, and each
    /// text with its length.</summary>
    public static string HashOf(string previousHash, long sequence, AuditRow row)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Convert.FromHexString(previousHash));
        Append(hash, sequence);
        Append(hash, StoredTime.ToMicroseconds(row.AtUtc));
        foreach (var text in (string[])[row.Tenant, row.Actor, row.Action, row.Target, row.Outcome, row.Detail])
        {
            // The length in front: moving a character from one field to the next changes the hash.
            var bytes = Encoding.UTF8.GetBytes(text);
            Append(hash, bytes.Length);
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
