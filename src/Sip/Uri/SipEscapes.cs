using System.Buffers;
using System.Text;

namespace SipGateway.Sip;

/// <summary>Percent escapes in URIs: undone exactly once, made where the user part needs them, and brought to one form for
/// comparison.</summary>
internal static class SipEscapes
{
    // RFC 3261 §25.1: unreserved and user-unreserved. "#" is not among them but phones send it raw; when we write, we escape it.
    private static readonly SearchValues<char> UserCharacters = SearchValues.Create(SipCharacters.Alphanumeric + "-_.!~*'()&=+$,;?/");

    private const string Reserved = ";/?:@&=+$,%";

    /// <summary>Whether every percent sign begins an escape.</summary>
    public static bool AreWellFormed(ReadOnlySpan<byte> text)
    {
        for (var at = text.IndexOf((byte)'%'); at >= 0; at = text.IndexOf((byte)'%'))
        {
            if (at + 2 >= text.Length || !char.IsAsciiHexDigit((char)text[at + 1]) || !char.IsAsciiHexDigit((char)text[at + 2]))
            {
                return false;
            }

            text = text[(at + 3)..];
        }

        return true;
    }

    /// <summary>Undoes escapes once: <c>%2541</c> becomes <c>%41</c>, not <c>A</c>.</summary>
    public static string Decode(string text)
    {
        if (!text.Contains('%'))
        {
            return text;
        }

        var source = Encoding.UTF8.GetBytes(text);
        var plain = new byte[source.Length];
        var length = 0;
        for (var i = 0; i < source.Length; i++)
        {
            plain[length++] = source[i] == '%' ? HexAt(source, ref i) : source[i];
        }

        return Encoding.UTF8.GetString(plain, 0, length);
    }

    /// <summary>Escapes what may not stand in a user part.</summary>
    public static string EncodeUser(string user)
    {
        if (!user.AsSpan().ContainsAnyExcept(UserCharacters))
        {
            return user;
        }

        var text = new StringBuilder(user.Length + 8);
        foreach (var b in Encoding.UTF8.GetBytes(user))
        {
            if (UserCharacters.Contains((char)b))
            {
                text.Append((char)b);
            }
            else
            {
                AppendEscape(text, b);
            }
        }

        return text.ToString();
    }

    /// <summary>One spelling per meaning (RFC 3261 §19.1.4): a character that is not reserved equals its escape.</summary>
    public static string Canonicalize(string text)
    {
        if (!text.Contains('%') && Ascii.IsValid(text))
        {
            return text;
        }

        var source = Encoding.UTF8.GetBytes(text);
        var canonical = new StringBuilder(source.Length);
        for (var i = 0; i < source.Length; i++)
        {
            var escaped = source[i] == '%';
            var b = escaped ? HexAt(source, ref i) : source[i];
            if (b is <= 0x20 or >= 0x7F || (escaped && Reserved.Contains((char)b)))
            {
                AppendEscape(canonical, b);
            }
            else
            {
                canonical.Append((char)b);
            }
        }

        return canonical.ToString();
    }

    private static byte HexAt(byte[] source, ref int at)
    {
        var value = (HexDigit(source[at + 1]) << 4) | HexDigit(source[at + 2]);
        at += 2;
        return (byte)value;
    }

    private static int HexDigit(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private static void AppendEscape(StringBuilder text, byte b)
    {
        const string Digits = "0123456789ABCDEF";
        text.Append('%').Append(Digits[b >> 4]).Append(Digits[b & 15]);
    }
}
