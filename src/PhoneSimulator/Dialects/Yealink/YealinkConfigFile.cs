namespace SipGateway.PhoneSimulator;

/// <summary>
/// A Yealink file as the phone reads it: first line <c>#!version:1.0.0.1</c> exactly, then <c>key = value</c>, comments, and in a
/// boot file <c>include:config "name"</c>. What the phone cannot read it passes over; here it is a fault that tests see.
/// </summary>
public sealed class YealinkConfigFile
{
    /// <summary>The first line; a file without it is not read at all.</summary>
    public const string VersionLine = "#!version:1.0.0.1";

    /// <summary>The value that sets a key back to what the factory gave it.</summary>
    public const string ClearingValue = "%NULL%";

    private const string IncludeKeyword = "include:config";

    private YealinkConfigFile(List<KeyValuePair<string, string>> settings, List<string> includes, List<string> faults)
    {
        Settings = settings;
        Includes = includes;
        Faults = faults;
    }

    /// <summary>Keys and values in the order of the file; an empty value keeps what the phone has.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Settings { get; }

    /// <summary>The files that a boot file lists, top to bottom.</summary>
    public IReadOnlyList<string> Includes { get; }

    /// <summary>Lines that make no sense, by number and reason.</summary>
    public IReadOnlyList<string> Faults { get; }

    /// <summary>Reads a file.</summary>
    /// <returns>Null when the first line is not <see cref="VersionLine"/>: the phone throws such a file away.</returns>
    public static YealinkConfigFile? Parse(string text)
    {
        var lines = text.Split('\n').Select(line => line.TrimEnd('\r')).ToArray();
        if (lines[0] != VersionLine)
        {
            return null;
        }

        var (settings, includes, faults) = (new List<KeyValuePair<string, string>>(), new List<string>(), new List<string>());
        for (var i = 1; i < lines.Length; i++)
        {
            if (ReadLine(lines[i].Trim(), settings, includes) is { } fault)
            {
                faults.Add($"line {i + 1}: {fault}");
            }
        }

        return new YealinkConfigFile(settings, includes, faults);
    }

    private static string? ReadLine(string line, List<KeyValuePair<string, string>> settings, List<string> includes)
    {
        if (line.Length == 0 || line[0] == '#')
        {
            return null;
        }

        if (line.StartsWith(IncludeKeyword, StringComparison.Ordinal))
        {
            var name = line[IncludeKeyword.Length..].Trim();
            if (name.Length < 3 || (name[0], name[^1]) is not (('"', '"') or ('<', '>')))
            {
                return "include:config without a quoted name";
            }

            includes.Add(name[1..^1]);
            return null;
        }

        var equal = line.IndexOf('=', StringComparison.Ordinal);
        var key = equal < 0 ? string.Empty : line[..equal].Trim();
        if (key.Length == 0 || key.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or '-')))
        {
            return equal < 0 ? "no '='" : $"'{key}' is no key";
        }

        settings.Add(new(key, line[(equal + 1)..].Trim()));
        return null;
    }
}
