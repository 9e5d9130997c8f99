using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace SipGateway.Grains.Interfaces;

/// <summary>Models in tables that people write: a name, or the beginning of names with a star for any rest.</summary>
public static partial class ModelPattern
{
    /// <summary>The models of one column, which are apart by commas.</summary>
    public static ImmutableArray<string> List(string column) =>
        [.. column.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>What is wrong with such a list, each a sentence.</summary>
    public static IEnumerable<string> ErrorsOf(ImmutableArray<string> models)
    {
        if (models.IsEmpty) yield return "no model is named.";
        foreach (var model in models.Where(m => !Form().IsMatch(m))) yield return $"'{model}' is no model such as T46S or T4*.";
    }

    /// <summary>Whether a model is meant; blanks, hyphens and underscores are one, and case is none.</summary>
    public static bool Fits(string pattern, string model) => pattern.EndsWith('*')
        ? Plain(model).StartsWith(Plain(pattern[..^1]), StringComparison.Ordinal)
        : Plain(model) == Plain(pattern);

    /// <summary>One spelling for all.</summary>
    public static string Plain(string model) => model.Replace('_', '-').Replace(' ', '-').ToUpperInvariant();

    [GeneratedRegex(@"^(?:[A-Za-z0-9][A-Za-z0-9 _-]{0,40}\*?|\*)\z")]
    private static partial Regex Form();
}
