using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SipGateway.Storage;

/// <summary>A SHA-256 over rows: equal on both sides when every column of every row is.</summary>
internal sealed class RowDigest : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Rows so far.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a row; texts, numbers and nulls.</summary>
    public void Add(ReadOnlySpan<object?> row)
    {
        Count++;
        foreach (var value in row)
            Add(value);
    }

    /// <summary>The digest, in lower-case hex.</summary>
    public string Finish() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();

    // The length in front: moving a character from one column to the next changes the digest.
    private void Add(object? value)
    {
        Span<byte> head = stackalloc byte[9];
        head[0] = value switch { null => (byte)'-', string => (byte)'t', _ => (byte)'n' };
        var text = value is string s ? Encoding.UTF8.GetBytes(s) : [];
        BinaryPrimitives.WriteInt64BigEndian(head[1..], value is long number ? number : text.Length);
        _hash.AppendData(head);
        _hash.AppendData(text);
    }
}
