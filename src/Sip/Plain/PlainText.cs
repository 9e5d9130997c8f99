using System.Buffers;

namespace SipGateway.Sip.Plain;

/// <summary>The narrow grammar of plain messages: a part of RFC 3261's that needs no unescaping, unfolding or decoding.</summary>
internal static class PlainText
{
    // A user without escapes; letters, digits and the marks that phones use.
    private static readonly SearchValues<byte> User = Of(SipCharacters.Alphanumeric + "-_.!~*'()&=+$");
    private static readonly SearchValues<byte> Host = Of(SipCharacters.Alphanumeric + "-.");
    private static readonly SearchValues<byte> CallIdWord = Of(SipCharacters.Alphanumeric + "-.!%*_+`'~@:[]/?{}()");
    private static readonly SearchValues<byte> QuotedSafe = Of(SipCharacters.Alphanumeric + "-.!%*_+'~@:/?{}()[]<>=;, $&#^|");
    private static readonly SearchValues<byte> NotPrintable =
        SearchValues.Create([.. Enumerable.Range(0, 256).Where(b => b is < 0x20 or > 0x7E).Select(b => (byte)b)]);

    public static bool IsPrintable(ReadOnlySpan<byte> text) => !text.ContainsAny(NotPrintable);

    public static bool IsCallId(ReadOnlySpan<byte> text) => !text.IsEmpty && !text.ContainsAnyExcept(CallIdWord) && text.Count((byte)'@') < 2;

    public static bool IsHost(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && !text.ContainsAnyExcept(Host) && char.IsAsciiLetterOrDigit((char)text[0]) && char.IsAsciiLetterOrDigit((char)text[^1])
        && text.IndexOf(".."u8) < 0;

    /// <summary>A decimal number of at most nine digits.</summary>
    public static bool TryReadNumber(ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        if (text.Length is 0 or > 9)
        {
            return false;
        }

        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            number = (number * 10) + (digit - '0');
        }

        return true;
    }

    /// <summary><c>host</c> or <c>host:port</c>; port 0 when there is none.</summary>
    public static bool TryReadHostPort(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> host, out int port)
    {
        var colon = text.IndexOf((byte)':');
        host = colon < 0 ? text : text[..colon];
        port = 0;
        return IsHost(host) && (colon < 0 || (TryReadNumber(text[(colon + 1)..], out port) && port is > 0 and <= 65_535));
    }

    /// <summary><c>sip:[user@]host[:port][;parameters]</c>.</summary>
    public static bool TryReadUri(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> user, out ReadOnlySpan<byte> host)
    {
        user = default;
        host = default;
        if (!text.StartsWith("sip:"u8))
        {
            return false;
        }

        var rest = text[4..];
        var at = rest.IndexOf((byte)'@');
        if (at >= 0)
        {
            user = rest[..at];
            if (user.IsEmpty || user.ContainsAnyExcept(User))
            {
                return false;
            }

            rest = rest[(at + 1)..];
        }

        var semicolon = rest.IndexOf((byte)';');
        var hostPort = semicolon < 0 ? rest : rest[..semicolon];
        return TryReadHostPort(hostPort, out host, out _)
            && (semicolon < 0 || (!rest.Contains((byte)'%') && AreParameters(rest[semicolon..], allowQuoted: false)));
    }

    /// <summary><c>["name" | token] &lt;uri&gt; parameters</c>, the parameters begin with a semicolon or are empty.</summary>
    public static bool TryReadAddress(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> uri, out ReadOnlySpan<byte> parameters)
    {
        uri = default;
        parameters = default;
        var open = text.IndexOf((byte)'<');
        if (open < 0 || !IsDisplayName(text[..open].Trim((byte)' ')))
        {
            return false;
        }

        var rest = text[(open + 1)..];
        var close = rest.IndexOf((byte)'>');
        if (close < 0)
        {
            return false;
        }

        uri = rest[..close];
        parameters = rest[(close + 1)..];
        return true;
    }

    /// <summary>Whether these are <c>;name[=value]</c> again and again, without blanks and with each value plain.</summary>
    public static bool AreParameters(ReadOnlySpan<byte> text, bool allowQuoted)
    {
        while (!text.IsEmpty)
        {
            if (!TryTakeParameter(ref text, allowQuoted, out _, out _))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether these are tokens with a comma, or a comma and one blank, between.</summary>
    public static bool AreTokens(ReadOnlySpan<byte> text)
    {
        while (true)
        {
            var end = text.IndexOfAnyExcept(SipCharacters.Token);
            if (end <= 0)
            {
                return end < 0 && !text.IsEmpty;
            }

            if (text[end] != ',')
            {
                return false;
            }

            text = text[(end + 1)..];
            text = !text.IsEmpty && text[0] == ' ' ? text[1..] : text;
        }
    }

    /// <summary>Takes one <c>;name[=value]</c>; a quoted value keeps its quotes.</summary>
    public static bool TryTakeParameter(
        ref ReadOnlySpan<byte> text, bool allowQuoted, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        name = default;
        value = default;
        if (text.IsEmpty || text[0] != ';')
        {
            return false;
        }

        var nameEnd = text[1..].IndexOfAnyExcept(SipCharacters.Token);
        nameEnd = nameEnd < 0 ? text.Length : nameEnd + 1;
        name = text[1..nameEnd];
        text = text[nameEnd..];
        if (name.IsEmpty || text.IsEmpty || text[0] != '=')
        {
            return !name.IsEmpty && (text.IsEmpty || text[0] == ';');
        }

        var length = allowQuoted && text.Length > 1 && text[1] == '"' ? QuotedLength(text[1..]) : text[1..].IndexOfAnyExcept(SipCharacters.Token);
        length = length < 0 && !(allowQuoted && text.Length > 1 && text[1] == '"') ? text.Length - 1 : length;
        if (length <= 0)
        {
            return false;
        }

        value = text.Slice(1, length);
        text = text[(1 + length)..];
        return text.IsEmpty || text[0] == ';';
    }

    private static int QuotedLength(ReadOnlySpan<byte> text)
    {
        var close = text[1..].IndexOf((byte)'"');
        return close < 0 || text.Slice(1, close).ContainsAnyExcept(QuotedSafe) ? -1 : close + 2;
    }

    private static bool IsDisplayName(ReadOnlySpan<byte> text) => text.IsEmpty
        || (text[0] == '"' && QuotedLength(text) == text.Length)
        || !text.ContainsAnyExcept(SipCharacters.Token);

    private static SearchValues<byte> Of(string characters) => SearchValues.Create(characters.Select(c => (byte)c).ToArray());
}
