using System.Collections.Immutable;

namespace SipGateway.Identity;

/// <summary>
/// Pairing codes as people read and type them. RFC 8628 §6.1: twenty consonants, so that no code spells a word and none has
/// two look-alikes; eight of them are 34 bits.
/// </summary>
internal static class UserCode
{
    public const int Length = 8;
    public const string DisplayFormat = "{0}{1}{2}{3}-{4}{5}{6}{7}";
    private const string Alphabet = "BCDFGHJKLMNPQRSTVWXZ";

    public static ImmutableArray<string> Charset { get; } = [.. Alphabet.Select(c => c.ToString())];

    /// <summary>Upper case, without dashes and blanks; the empty text when it cannot be a code.</summary>
    public static string Normalize(string typed)
    {
        if (typed.Length > 4 * Length)
        {
            return "";
        }

        var code = string.Concat(typed.Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '‐' or '‑' or '–' or '.' or '_')))
            .ToUpperInvariant();
        return code.Length == Length && code.All(c => Alphabet.Contains(c, StringComparison.Ordinal)) ? code : "";
    }

    /// <summary>In two groups of four.</summary>
    public static string Display(string normalized) => normalized.Length == Length ? $"{normalized[..4]}-{normalized[4..]}" : normalized;
}
