using System.Buffers;

namespace SipGateway.Sip;

/// <summary>A name-addr or addr-spec with header parameters: From, To, Contact, Route and the like (RFC 3261 §20.10, §20.20,
/// §20.39).</summary>
public sealed record NameAddress
{
    private static readonly SearchValues<byte> BareUriEnd = SearchValues.Create(" \t;,<>\""u8);

    /// <summary>The display name without quotes; null when there is none.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The address.</summary>
    public required SipUri Uri { get; init; }

    /// <summary>The header parameters, i.e. those outside the angle brackets.</summary>
    public SipParameters Parameters { get; init; }

    /// <summary>The tag of From or To; null when absent.</summary>
    public string? Tag => Parameters["tag"];

    /// <summary>The value as it is written, always with angle brackets.</summary>
    public override string ToString() =>
        (DisplayName is null ? string.Empty : SipCursor.Quote(DisplayName) + " ") + "<" + Uri + ">" + Parameters;

    /// <summary>Reads exactly one value; null when it breaks the grammar or is followed by another.</summary>
    internal static NameAddress? Parse(ReadOnlySpan<byte> value)
    {
        var cursor = new SipCursor(value);
        return Read(ref cursor) is { } address && cursor.AtEnd ? address : null;
    }

    /// <summary>Reads one value and stops at its comma or end.</summary>
    internal static NameAddress? Read(ref SipCursor cursor)
    {
        cursor.SkipBlanks();
        if (!TryReadAddress(ref cursor, out var displayName, out var uri) || !SipParameters.TryRead(ref cursor, out var parameters))
        {
            return null;
        }

        cursor.SkipBlanks();
        return !cursor.AtEnd && cursor.Peek != ','
            ? null
            : new NameAddress { DisplayName = displayName, Uri = uri, Parameters = parameters };
    }

    private static bool TryReadAddress(ref SipCursor cursor, out string? displayName, out SipUri uri)
    {
        displayName = null;
        uri = null!;
        if (cursor.Peek == '"')
        {
            if (!cursor.TryReadQuoted(out var quoted))
            {
                return false;
            }

            displayName = SipCursor.Unquote(SipCursor.Decode(quoted));
            cursor.SkipBlanks();
            return cursor.Peek == '<' && TryReadBracketed(ref cursor, out uri);
        }

        var bracket = cursor.Rest.IndexOf((byte)'<');
        if (bracket >= 0 && IsDisplayName(cursor.Rest[..bracket]))
        {
            var name = SipCharacters.TrimBlanks(cursor.Take(bracket));
            displayName = name.IsEmpty ? null : SipCursor.Decode(name);
            return TryReadBracketed(ref cursor, out uri);
        }

        return TryReadBare(ref cursor, out uri);
    }

    private static bool TryReadBracketed(ref SipCursor cursor, out SipUri uri)
    {
        uri = null!;
        return cursor.TryConsume((byte)'<') && cursor.TryReadThrough((byte)'>', out var text) && SipUri.TryParse(text, out uri!);
    }

    // RFC 3261 §20: without brackets, what follows a semicolon belongs to the header, and comma, "?" and semicolon may not be in the URI.
    private static bool TryReadBare(ref SipCursor cursor, out SipUri uri)
    {
        uri = null!;
        return cursor.TryReadUntil(BareUriEnd, out var text) && !text.Contains((byte)'?') && SipUri.TryParse(text, out uri!);
    }

    // *(token LWS), and UTF-8 as well: many phones send names unquoted. A colon or comma tells a URI or the next value.
    private static bool IsDisplayName(ReadOnlySpan<byte> text)
    {
        foreach (var b in text)
        {
            if (b < 0x80 && b != ' ' && b != '\t' && !SipCharacters.Token.Contains(b))
            {
                return false;
            }
        }

        return true;
    }
}
