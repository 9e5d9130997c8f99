using System.Text;

namespace SipGateway.Trust;

/// <summary>
/// Names an edge in what a phone sends back, such as the address of a call, so that any edge can tell whose it is. Keyed: who invents one
/// moves nothing inside the cluster.
/// </summary>
public static class EdgeToken
{
    /// <summary>The first letter of every token.</summary>
    public const char Prefix = 'e';

    private const string Purpose = "edge-token";
    private const int MaxIdLength = 64;

    /// <summary>The token of an edge: letters and digits, up to 118 of them.</summary>
    /// <param name="ring">The keys of all edges.</param>
    /// <param name="edgeId">Its name: ASCII, up to 64 characters.</param>
    public static string Format(KeyRing ring, string edgeId) => Prefix + Base32.Encode(Seal.Close(ring, Purpose, Encoding.ASCII.GetBytes(edgeId)));

    /// <summary>The name of the edge; null when this is no token of ours.</summary>
    public static string? Parse(KeyRing ring, string? token)
    {
        if (token is not { Length: > 1 } || token[0] != Prefix)
        {
            return null;
        }

        var length = ((token.Length - 1) * 5 / 8) - Seal.Overhead;
        if (length is < 1 or > MaxIdLength)
        {
            return null;
        }

        Span<byte> whole = stackalloc byte[length + Seal.Overhead];
        Span<byte> id = stackalloc byte[length];
        return Base32.TryDecode(token.AsSpan(1), whole) && Seal.TryOpen(ring, Purpose, whole, id) ? Encoding.ASCII.GetString(id) : null;
    }
}
