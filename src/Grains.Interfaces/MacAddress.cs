namespace SipGateway.Grains.Interfaces;

/// <summary>The one place where a MAC's many notations become the key of a device: 12 lower-case hex digits.</summary>
public static class MacAddress
{
    /// <summary>
    /// Accepts <c>00:15:65:AA:BB:CC</c>, <c>00-15-65-aa-bb-cc</c>, <c>0015.65aa.bbcc</c> and bare digits in any case. All zeros and all ones are no device.
    /// </summary>
    public static bool TryNormalize(ReadOnlySpan<char> text, out string mac)
    {
        mac = "";
        Span<char> digits = stackalloc char[12];
        var count = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiHexDigit(c) && count < 12)
            {
                digits[count++] = char.ToLowerInvariant(c);
            }
            else if (c is not (':' or '-' or '.'))
            {
                return false;
            }
        }

        if (count != 12 || text.Length > 17 || digits.IndexOfAnyExcept('0') < 0 || digits.IndexOfAnyExcept('f') < 0)
        {
            return false;
        }

        mac = digits.ToString();
        return true;
    }
}
