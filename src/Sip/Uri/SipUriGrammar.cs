using System.Buffers;
using System.Text;

namespace SipGateway.Sip;

/// <summary>The grammar of RFC 3261 §19.1 and RFC 3966 §3, a little wider where phones are: a raw <c>#</c> and raw UTF-8 may
/// stand in a user part.</summary>
internal static class SipUriGrammar
{
    private static readonly SearchValues<byte> SchemeCharacters =
        SearchValues.Create(Encoding.ASCII.GetBytes(SipCharacters.Alphanumeric + "+-."));

    /// <summary>Blanks, controls, and what would end the URI in a header.</summary>
    private static readonly SearchValues<byte> ForbiddenCharacters =
        SearchValues.Create([.. Enumerable.Range(0, 0x21).Select(b => (byte)b), 0x7F, (byte)'<', (byte)'>', (byte)'"']);

    private static readonly SearchValues<byte> TelCharacters = SearchValues.Create("+0123456789abcdefABCDEF*#-.()"u8);

    public static SipUri? Parse(ReadOnlySpan<byte> text)
    {
        var colon = text.IndexOf((byte)':');
        if (colon <= 0 || !char.IsAsciiLetter((char)text[0])
            || text[..colon].ContainsAnyExcept(SchemeCharacters) || text.ContainsAny(ForbiddenCharacters))
        {
            return null;
        }

        var schemeText = KnownTexts.Decode(text[..colon]);
        var rest = text[(colon + 1)..];
        return SchemeOf(schemeText) switch
        {
            SipUriScheme.Tel => ParseTel(schemeText, rest),
            SipUriScheme.Other => rest.IsEmpty ? null : new SipUri(schemeText, SipUriScheme.Other) { Opaque = SipCursor.Decode(rest) },
            var scheme => ParseSip(schemeText, scheme, rest),
        };
    }

    private static SipUriScheme SchemeOf(string text) => text.Length switch
    {
        3 when text.Equals("sip", StringComparison.OrdinalIgnoreCase) => SipUriScheme.Sip,
        3 when text.Equals("tel", StringComparison.OrdinalIgnoreCase) => SipUriScheme.Tel,
        4 when text.Equals("sips", StringComparison.OrdinalIgnoreCase) => SipUriScheme.Sips,
        _ => SipUriScheme.Other,
    };

    private static SipUri? ParseSip(string schemeText, SipUriScheme scheme, ReadOnlySpan<byte> rest)
    {
        var (user, password) = (default(string), default(string));

        // "@" may stand raw nowhere else in a SIP URI, so the first one ends the user part, whatever precedes it.
        var at = rest.IndexOf((byte)'@');
        if (at >= 0)
        {
            var userInfo = rest[..at];
            var colon = userInfo.IndexOf((byte)':');
            var userText = colon < 0 ? userInfo : userInfo[..colon];
            if (userText.IsEmpty || !SipEscapes.AreWellFormed(userInfo))
            {
                return null;
            }

            user = SipCursor.Decode(userText);
            password = colon < 0 ? null : SipCursor.Decode(userInfo[(colon + 1)..]);
            rest = rest[(at + 1)..];
        }

        var cursor = new SipCursor(rest);
        return !HostPort.TryRead(ref cursor, blanksAroundColon: false, out var host, out var port)
            || !TryReadTail(cursor.Rest, out var parameters, out var headers)
            ? null
            : new SipUri(schemeText, scheme)
            {
                RawUser = user,
                RawPassword = password,
                Host = host,
                Port = port,
                Parameters = parameters,
                RawHeaders = headers,
            };
    }

    private static SipUri? ParseTel(string schemeText, ReadOnlySpan<byte> rest)
    {
        var semicolon = rest.IndexOf((byte)';');
        var number = semicolon < 0 ? rest : rest[..semicolon];
        var tail = semicolon < 0 ? [] : rest[semicolon..];

        // A feature code comes as tel:*55*123456%23 as well.
        return number.IsEmpty || !SipEscapes.AreWellFormed(number)
            || SipEscapes.Decode(SipCursor.Decode(number)) is not { } plain
            || Encoding.UTF8.GetBytes(plain).AsSpan().ContainsAnyExcept(TelCharacters)
            || !TryReadTail(tail, out var parameters, out var headers) || headers is not null
            ? null
            : new SipUri(schemeText, SipUriScheme.Tel) { RawUser = SipCursor.Decode(number), Parameters = parameters };
    }

    /// <summary>Reads <c>*( ";" name [ "=" value ] ) [ "?" headers ]</c>, which must be all there is.</summary>
    private static bool TryReadTail(ReadOnlySpan<byte> tail, out SipParameters parameters, out string? headers)
    {
        headers = null;
        var question = tail.IndexOf((byte)'?');
        if (question >= 0)
        {
            headers = SipCursor.Decode(tail[(question + 1)..]);
        }

        return SipEscapes.AreWellFormed(tail) && TryReadParameters(question < 0 ? tail : tail[..question], out parameters)
            || Fail(out parameters);
    }

    private static bool TryReadParameters(ReadOnlySpan<byte> text, out SipParameters parameters)
    {
        parameters = SipParameters.None;
        var (count, most) = (0, Math.Min(text.Count((byte)';'), SipLimits.MaxParameterCount));
        var items = most == 0 ? null : new SipParameter[most];
        while (!text.IsEmpty)
        {
            if (text[0] != ';' || count == most)
            {
                return false;
            }

            var end = text[1..].IndexOf((byte)';') is var next and >= 0 ? next + 1 : text.Length;
            var item = text[1..end];
            var equal = item.IndexOf((byte)'=');
            var name = equal < 0 ? item : item[..equal];
            if (name.IsEmpty || name.Contains((byte)'@'))
            {
                return false;
            }

            var value = equal < 0 ? null : KnownTexts.Decode(item[(equal + 1)..]);
            items![count++] = new SipParameter(KnownTexts.Decode(name), value);
            text = text[end..];
        }

        parameters = new SipParameters(items);
        return true;
    }

    private static bool Fail(out SipParameters parameters)
    {
        parameters = SipParameters.None;
        return false;
    }
}
