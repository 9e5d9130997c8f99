namespace SipGateway.Edge;

/// <summary>
/// Keys of <see cref="FixedTable"/>: 64 bits under the random key of this process, so that nobody arranges for two to meet. None is 0.
/// </summary>
internal static class Fingerprint
{
    /// <param name="kind">Tells apart what is kept in one table.</param>
    /// <param name="source">A source, or 0.</param>
    /// <param name="text">A name, or the octets of an address.</param>
    public static ulong Of(char kind, ulong source, ReadOnlySpan<byte> text)
    {
        var high = default(HashCode);
        var low = default(HashCode);
        high.Add(kind);
        high.Add(source);
        high.AddBytes(text);
        low.AddBytes(text);
        low.Add(source);
        low.Add(~kind);
        return ((ulong)(uint)high.ToHashCode() << 32) | (uint)low.ToHashCode() | 1;
    }
}
