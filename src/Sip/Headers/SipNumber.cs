using System.Globalization;

namespace SipGateway.Sip;

/// <summary>Decimal numbers without sign, blank or culture. Length is bounded before arithmetic, so nothing wraps.</summary>
internal static class SipNumber
{
    public static bool TryParsePort(ReadOnlySpan<byte> digits, out int port) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= 65_535;

    public static bool TryParsePort(ReadOnlySpan<char> digits, out int port) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= 65_535;

    /// <summary>delta-seconds: digits; what exceeds 2^32 − 1 means "for ever" and becomes that (RFC 3261 §20.19).</summary>
    public static bool TryParseSeconds(ReadOnlySpan<byte> text, out uint seconds)
    {
        text = SipCharacters.TrimBlanks(text);
        seconds = 0;
        if (text.IsEmpty || text.IndexOfAnyExcept(SipCharacters.Digits) >= 0)
        {
            return false;
        }

        if (!uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seconds))
        {
            seconds = uint.MaxValue;
        }

        return true;
    }
}
