using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Devices;

/// <summary>Words that a tenant puts on its devices, to find them and to do something with all of them.</summary>
internal static class TagRules
{
    /// <summary>As long as a tag of Teams admin center may be; it fits a chip.</summary>
    private const int MaxChars = 25;

    /// <summary>More than a person reads of one device.</summary>
    private const int MaxTags = 20;

    private const string Inner = " -_.";

    /// <summary>The tags of a device after a change.</summary>
    /// <param name="tags">Those it has.</param>
    /// <param name="add">Those it gets, as typed.</param>
    /// <param name="remove">Those it loses, as typed; one that it does not have is no error.</param>
    /// <returns>In lower case and in order, each once; or why not.</returns>
    public static (ImmutableArray<string> Tags, CommandOutcome? Refused) Change(
        IEnumerable<string> tags, IEnumerable<string> add, IEnumerable<string> remove)
    {
        var (added, removed) = (Folded(add), Folded(remove));
        if (added.Concat(removed).FirstOrDefault(tag => !IsTag(tag)) is { } wrong) return ([], Refusal.Invalid("TAG_INVALID", Invalid(wrong)));
        var changed = tags.Concat(added).Except(removed, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToImmutableArray();
        return changed.Length <= MaxTags
            ? (changed, null)
            : ([], Refusal.Invalid("TOO_MANY_TAGS", $"The device would have {changed.Length} tags; {MaxTags} is the most. Take some away."));
    }

    private static List<string> Folded(IEnumerable<string> tags) =>
        [.. tags.Select(tag => tag.Trim().ToLowerInvariant()).Distinct(StringComparer.Ordinal)];

    private static bool IsTag(string tag) => tag.Length is > 0 and <= MaxChars && tag.EnumerateRunes().All(rune =>
        Rune.IsLetterOrDigit(rune) || IsMark(rune) || (rune.IsAscii && Inner.Contains((char)rune.Value, StringComparison.Ordinal)));

    // Part of a letter in many scripts.
    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static string Invalid(string tag) =>
        $"'{(tag.Length > MaxChars ? tag[..MaxChars] + "…" : tag)}' is no tag: it has 1 to {MaxChars} letters, digits, blanks, dashes, dots and underscores.";
}
