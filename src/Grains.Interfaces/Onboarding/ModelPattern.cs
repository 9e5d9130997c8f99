using System.Text.RegularExpressions;

namespace SipGateway.Grains.Interfaces;

/// <summary>Models in tables that people write: a name, or the beginning of names with a star for any rest.</summary>
public static partial class ModelPattern
{
    /// <summary>Whether it is one.</summary>
    public static bool IsValid(string pattern) => Form().IsMatch(pattern);

    /// <summary>Whether a model is meant; blanks, hyphens and underscores are one, and case is none.</summary>
    public static bool Fits(string pattern, string model) => pattern.EndsWith('*')
        ? Plain(model).StartsWith(Plain(pattern[..^1]), StringComparison.Ordinal)
        : Plain(model) == Plain(pattern);

    /// <summary>One spelling for all.</summary>
    public static string Plain(string model) => model.Replace('_', '-').Replace(' ', '-').ToUpperInvariant();

    [GeneratedRegex(@"^(?:[A-Za-z0-9][A-Za-z0-9 _-]{0,40}\*?|\*)\z")]
    private static partial Regex Form();
}
