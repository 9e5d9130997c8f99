using System.Buffers;
using System.Globalization;
using System.Text;

namespace SipGateway.Edge;

/// <summary>
/// What may go to an address that nobody has shown to be the sender's: no more than one and a half times what came from it, so that nobody is
/// worth flooding by way of us. Where it is too long, optional headers are left out; what does not fit then is said barely, or not at all.
/// </summary>
internal static class ReplyBound
{
    private static readonly string[] Optional = ["Allow", "Accept", "Accept-Language", "Supported", "Date", "Server"];
    private static readonly string[] Bare = ["Via", "From", "To", "Call-ID", "CSeq", "Content-Length"];
    private const string Challenge = "WWW-Authenticate";

    /// <summary>Whether an answer of this length may go out unproven.</summary>
    public static bool Fits(int requestLength, int responseLength) => 2L * responseLength <= 3L * requestLength;

    /// <summary>The answer as it may go out.</summary>
    /// <returns>Empty when nothing may.</returns>
    public static ReadOnlyMemory<byte> Shorten(ReadOnlyMemory<byte> response, int requestLength)
    {
        if (Fits(requestLength, response.Length))
        {
            return response;
        }

        var status = int.Parse(response.Span.Slice(8, 3), NumberStyles.None, CultureInfo.InvariantCulture);
        var usual = Without(response, (name, _) => IsOneOf(Optional, name) && !IsMeaning(status, name));
        if (Fits(requestLength, usual.Length))
        {
            return usual;
        }

        // Of two challenges the last is the one that every phone can answer. Without any a 401 is of no use.
        var bare = Without(usual, (name, isLast) => !IsOneOf(Bare, name) && !(isLast && Is(name, Challenge)));
        return Fits(requestLength, bare.Length) ? bare : ReadOnlyMemory<byte>.Empty;
    }

    // What RFC 3261 §21.4 asks for by this status.
    private static bool IsMeaning(int status, ReadOnlySpan<byte> name) => status switch
    {
        405 => Is(name, "Allow"),
        406 or 415 => Is(name, "Accept"),
        _ => false,
    };

    private static ReadOnlyMemory<byte> Without(ReadOnlyMemory<byte> response, LinePredicate isLeftOut)
    {
        var octets = response.Span;
        var kept = new ArrayBufferWriter<byte>(octets.Length);
        var at = octets.IndexOf("\r\n"u8) + 2;
        kept.Write(octets[..at]);
        while (!octets[at..].StartsWith("\r\n"u8))
        {
            var line = octets.Slice(at, octets[at..].IndexOf("\r\n"u8) + 2);
            var name = line[..line.IndexOf((byte)':')];
            at += line.Length;
            if (!isLeftOut(name, isLast: !octets[at..].StartsWith(line[..(name.Length + 1)])))
            {
                kept.Write(line);
            }
        }

        kept.Write(octets[at..]);
        return kept.WrittenMemory;
    }

    private static bool IsOneOf(string[] names, ReadOnlySpan<byte> name)
    {
        foreach (var one in names)
        {
            if (Is(name, one))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Is(ReadOnlySpan<byte> name, string text) => Ascii.EqualsIgnoreCase(name, text);

    private delegate bool LinePredicate(ReadOnlySpan<byte> name, bool isLast);
}
