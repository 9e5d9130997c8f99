using System.Globalization;

namespace SipGateway.Grains.Interfaces;

/// <summary>
/// Which line of a device: a port of an adapter, a handset of a DECT base. The key of its grain is the device's MAC for line 1, and
/// <c>MAC-NNN</c> for every other. People write <c>MAC:NNN</c>.
/// </summary>
public static class LineKey
{
    /// <summary>Most lines of one device: the largest DECT bases have 250 handsets, and a SIP account's name has one byte for it.</summary>
    public const int MaxLine = 250;

    private const int MacLength = 12;
    private const int SuffixLength = 4;

    /// <summary>The key of a line.</summary>
    /// <param name="mac">12 lower-case hex digits.</param>
    /// <param name="line">1 to <see cref="MaxLine"/>.</param>
    public static string Of(string mac, int line) => line == 1 ? mac : string.Create(CultureInfo.InvariantCulture, $"{mac}-{line:000}");

    /// <summary>The device's MAC out of a line's key.</summary>
    public static string MacOf(string key) => key.Length > MacLength ? key[..MacLength] : key;

    /// <summary>The line's number out of its key.</summary>
    public static int LineOf(string key) => key.Length > MacLength ? int.Parse(key.AsSpan(MacLength + 1), NumberStyles.None, CultureInfo.InvariantCulture) : 1;

    /// <summary>Whether it is another line than the device's first.</summary>
    public static bool IsOther(string key) => key.Length > MacLength;

    /// <summary>Reads a MAC in any notation, optionally followed by <c>:NNN</c>.</summary>
    /// <param name="text">Whatever somebody wrote.</param>
    /// <param name="key">The line's key; empty when it is none.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out string key)
    {
        if (MacAddress.TryNormalize(text, out key)) return true;
        key = "";
        if (text.Length <= SuffixLength || text[^SuffixLength] is not (':' or '-')
            || !MacAddress.TryNormalize(text[..^SuffixLength], out var mac)) return false;
        if (!int.TryParse(text[^(SuffixLength - 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var line) || line is < 1 or > MaxLine) return false;
        key = Of(mac, line);
        return true;
    }
}
