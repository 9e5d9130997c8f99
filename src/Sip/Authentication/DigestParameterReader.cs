using System.Text;

namespace SipGateway.Sip.Authentication;

/// <summary>
/// Reads <c>scheme name=value, name="quoted"</c> from the left. Commas and blanks between parameters may repeat (RFC 9110
/// §5.6.1).
/// </summary>
internal ref struct DigestParameterReader(ReadOnlySpan<char> value)
{
    private ReadOnlySpan<char> rest = value.Trim(" \t\r\n");

    public readonly bool IsAtEnd => rest.IsEmpty;

    public bool TryReadScheme(string scheme)
    {
        var end = rest.IndexOfAny(' ', '\t');
        if (end < 0 || !rest[..end].Equals(scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        rest = rest[end..];
        SkipSeparators();
        return true;
    }

    public bool TryReadParameter(out string name, out string value)
    {
        name = value = string.Empty;
        var equals = rest.IndexOf('=');
        if (equals < 1)
        {
            return false;
        }

        var key = rest[..equals].TrimEnd(" \t\r\n");
        rest = rest[(equals + 1)..].TrimStart(" \t\r\n");
        if (!IsToken(key) || !(rest.StartsWith('"') ? TryReadQuoted(out value) : TryReadToken(out value)))
        {
            return false;
        }

        name = key.ToString();
        return TryReadSeparator();
    }

    /// <summary>Resolves quoted pairs.</summary>
    public static string Unescape(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            plain.Append(text[i] == '\\' && i + 1 < text.Length ? text[++i] : text[i]);
        }

        return plain.ToString();
    }

    private static bool IsToken(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && !"-.!%*_+`'~".Contains(c, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return !text.IsEmpty;
    }

    private bool TryReadQuoted(out string value)
    {
        value = string.Empty;
        for (var i = 1; i < rest.Length; i++)
        {
            if (rest[i] == '\\')
            {
                i++;
            }
            else if (rest[i] == '"')
            {
                value = rest[1..i].ToString();
                rest = rest[(i + 1)..];
                return true;
            }
        }

        return false;
    }

    private bool TryReadToken(out string value)
    {
        var end = rest.IndexOfAny(", \t\r\n");
        var token = end < 0 ? rest : rest[..end];
        value = token.ToString();
        rest = rest[token.Length..];
        return !token.IsEmpty && !token.Contains('"');
    }

    private bool TryReadSeparator()
    {
        var before = rest.TrimStart(" \t\r\n");
        var isParted = before.IsEmpty || before[0] == ',';
        SkipSeparators();
        return isParted;
    }

    private void SkipSeparators() => rest = rest.TrimStart(" \t\r\n,");
}
