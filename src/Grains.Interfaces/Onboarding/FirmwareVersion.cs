using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace SipGateway.Grains.Interfaces;

/// <summary>A firmware's version as the numbers by which two are compared, whatever the vendor puts around them.</summary>
/// <param name="Parts">From the most to the least significant; one that is missing counts as 0.</param>
public sealed partial record FirmwareVersion(ImmutableArray<long> Parts)
{
    private const int MaxChars = 100;
    private const int MaxDigits = 18;

    /// <summary>What stands for a number that says nothing of age, such as the first one of Yealink's: <c>*.86.5.1</c>.</summary>
    private const string AnyNumber = "*.";

    /// <summary>
    /// Reads <c>66.86.5.1</c>, <c>12-0-3MPP0101-013</c>, <c>7.4.9c</c> or <c>83.V2.52.0+build.a1</c>; null when it has no number to compare.
    /// <para>
    /// Yealink's first number is the model's: the same release is 66.86.5.1 for one phone and 108.86.5.1 for another. Gigaset writes the product's
    /// before a <c>V</c>. What follows a <c>+</c> names a build and no age. A single letter after a number is a later edition of it.
    /// </para>
    /// </summary>
    /// <param name="vendor">The vendor folder's name.</param>
    /// <param name="text">As the phone or a table says it.</param>
    public static FirmwareVersion? Parse(string vendor, string text)
    {
        if (text.Length > MaxChars) return null;
        var rest = text.Split('+')[0];
        var isWithoutModel = rest.StartsWith(AnyNumber, StringComparison.Ordinal);
        if (isWithoutModel) rest = rest[AnyNumber.Length..];
        if (vendor == "gigaset" && Release().Match(rest) is { Success: true } release) rest = rest[(release.Index + 1)..];
        var parts = ImmutableArray.CreateBuilder<long>();
        foreach (var token in Token().EnumerateMatches(rest))
        {
            var part = rest.AsSpan(token.Index, token.Length);
            if (part.Length > MaxDigits) return null;
            parts.Add(char.IsAsciiDigit(part[0]) ? long.Parse(part, NumberStyles.None, CultureInfo.InvariantCulture) : Edition(part[0]));
        }

        if (vendor == "yealink" && !isWithoutModel && parts.Count > 0) parts.RemoveAt(0);
        return parts.Count == 0 ? null : new FirmwareVersion(parts.ToImmutable());
    }

    /// <summary>Less than 0 when this one is older, 0 when they are the same, more when this one is newer.</summary>
    public int CompareTo(FirmwareVersion other)
    {
        for (var i = 0; i < Math.Max(Parts.Length, other.Parts.Length); i++)
        {
            var order = At(i).CompareTo(other.At(i));
            if (order != 0) return order;
        }

        return 0;
    }

    private static long Edition(char letter) => char.ToLowerInvariant(letter) - 'a' + 1;

    private long At(int index) => index < Parts.Length ? Parts[index] : 0;

    [GeneratedRegex(@"(?<![A-Za-z])V(?=\d)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Release();

    [GeneratedRegex(@"[0-9]+|(?<=[0-9]\(?)[a-z](?![a-z0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}
