using System.Buffers;
using System.Text;

namespace SipGateway.Sip;

/// <summary>A place in an unfolded header value, moved forward by the grammars in <c>Headers</c>. A failed step leaves the
/// place undefined; the grammar gives up.</summary>
internal ref struct SipCursor(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> _rest = text;

    public readonly bool AtEnd => _rest.IsEmpty;

    public readonly ReadOnlySpan<byte> Rest => _rest;

    public readonly byte Peek => _rest.IsEmpty ? (byte)0 : _rest[0];

    /// <summary>Decodes as UTF-8; octets that are none become U+FFFD.</summary>
    public static string Decode(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text);

    public void SkipBlanks()
    {
        var length = _rest.IndexOfAnyExcept(SipCharacters.Blanks);
        _rest = length < 0 ? [] : _rest[length..];
    }

    public bool TryConsume(byte expected)
    {
        if (_rest.IsEmpty || _rest[0] != expected)
        {
            return false;
        }

        _rest = _rest[1..];
        return true;
    }

    /// <summary>SEMI, COMMA, SLASH, EQUAL: the separator with blanks on either side (RFC 3261 §25.1).</summary>
    public bool TryConsumeSeparator(byte separator)
    {
        SkipBlanks();
        if (!TryConsume(separator))
        {
            return false;
        }

        SkipBlanks();
        return true;
    }

    public bool TryReadToken(out ReadOnlySpan<byte> token) => TryReadAll(SipCharacters.Token, out token);

    public bool TryReadAll(SearchValues<byte> allowed, out ReadOnlySpan<byte> run)
    {
        var length = _rest.IndexOfAnyExcept(allowed);
        run = Take(length < 0 ? _rest.Length : length);
        return !run.IsEmpty;
    }

    public bool TryReadUntil(SearchValues<byte> end, out ReadOnlySpan<byte> run)
    {
        var length = _rest.IndexOfAny(end);
        run = Take(length < 0 ? _rest.Length : length);
        return !run.IsEmpty;
    }

    /// <summary>Reads up to that octet and passes over it.</summary>
    public bool TryReadThrough(byte end, out ReadOnlySpan<byte> run)
    {
        var length = _rest.IndexOf(end);
        if (length < 0)
        {
            run = default;
            return false;
        }

        run = Take(length);
        _rest = _rest[1..];
        return true;
    }

    /// <summary>A quoted-string with its quotes; <see cref="Unquote"/> gives what it means.</summary>
    public bool TryReadQuoted(out ReadOnlySpan<byte> quoted)
    {
        quoted = default;
        if (Peek != '"')
        {
            return false;
        }

        for (var i = 1; i < _rest.Length; i++)
        {
            if (_rest[i] == '\\')
            {
                i++;
            }
            else if (_rest[i] == '"')
            {
                quoted = Take(i + 1);
                return true;
            }
        }

        return false;
    }

    public ReadOnlySpan<byte> Take(int length)
    {
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }

    /// <summary>The text inside a quoted-string, quoted pairs undone; any other text as it is.</summary>
    public static string Unquote(string text)
    {
        if (text.Length < 2 || text[0] != '"' || text[^1] != '"')
        {
            return text;
        }

        var inner = text.AsSpan(1, text.Length - 2);
        if (!inner.Contains('\\'))
        {
            return inner.ToString();
        }

        var plain = new StringBuilder(inner.Length);
        for (var i = 0; i < inner.Length; i++)
        {
            plain.Append(inner[i] == '\\' && i + 1 < inner.Length ? inner[++i] : inner[i]);
        }

        return plain.ToString();
    }

    /// <summary>The text as a quoted-string.</summary>
    public static string Quote(string text) =>
        "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
