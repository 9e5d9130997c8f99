using System.Globalization;
using System.Text.RegularExpressions;

namespace SipGateway.Grains.Interfaces;

/// <summary>
/// What is known of the vendors' own keys (<c>SettingSchema.tsv</c>). A key that is not known is passed on: vendors have thousands, and a new
/// firmware has more.
/// </summary>
public static class SettingSchema
{
    private const string OfGateway = "gateway";
    private const string Anything = "text";
    private static readonly Entry[] Entries = [.. Parse(Text())];

    /// <summary>Whether some vendor's phones are known to know the key.</summary>
    public static bool IsKnown(string key) => Find(key) is not null;

    /// <summary>Why a value may not be set, for a person; null when it may.</summary>
    /// <param name="key">A vendor's key.</param>
    /// <param name="value">Its value; an empty one gives the key back to the phone.</param>
    public static string? ErrorOf(string key, string value)
    {
        if (Find(key) is not { } entry || entry.Values == Anything) return null;
        if (entry.Values == OfGateway) return $"'{key}' is set by the gateway itself, for each {entry.Vendor} phone. Take it out.";
        if (value.Length == 0 || entry.Allows(value)) return null;
        return $"'{key}' of {entry.Vendor} phones is {Told(entry.Values)}.";
    }

    /// <summary>Reads a table; the errors of all lines are told at once.</summary>
    /// <exception cref="FormatException">The table is wrong.</exception>
    internal static IReadOnlyList<Entry> Parse(string table)
    {
        var errors = new List<string>();
        var entries = new List<Entry>();
        foreach (var (number, line) in table.Split('\n').Index())
        {
            if (line.Length == 0 || line[0] == '#') continue;
            var cells = line.TrimEnd('\r').Split('\t');
            if (cells.Length == 3 && cells.All(cell => cell.Length > 0)) entries.Add(new Entry(cells[0], cells[1], cells[2]));
            else errors.Add($"line {number + 1} has not the three cells vendor, key, values");
        }

        return errors.Count == 0 ? entries : throw new FormatException($"The table of settings is wrong: {string.Join("; ", errors)}.");
    }

    private static Entry? Find(string key) => Array.Find(Entries, entry => entry.IsKey(key));

    private static string Told(string values) => values.Contains("..", StringComparison.Ordinal)
        ? $"a number from {values.Replace("..", " to ", StringComparison.Ordinal)}"
        : $"one of {values.Replace("|", ", ", StringComparison.Ordinal)}";

    private static string Text()
    {
        using var reader = new StreamReader(typeof(SettingSchema).Assembly.GetManifestResourceStream("SettingSchema.tsv")!);
        return reader.ReadToEnd();
    }

    /// <summary>One line of the table.</summary>
    internal sealed record Entry(string Vendor, string Key, string Values)
    {
        private readonly Regex pattern = new(
            "^" + Regex.Escape(Key).Replace(@"\*", "[0-9]{1,5}", StringComparison.Ordinal) + @"\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

        /// <summary>Whether it is about this key.</summary>
        public bool IsKey(string key) => pattern.IsMatch(key);

        /// <summary>Whether the phone takes this value.</summary>
        public bool Allows(string value)
        {
            if (!Values.Contains("..", StringComparison.Ordinal)) return Values.Split('|').Contains(value, StringComparer.OrdinalIgnoreCase);
            var bounds = Values.Split("..");
            return int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                && number >= int.Parse(bounds[0], CultureInfo.InvariantCulture)
                && number <= int.Parse(bounds[1], CultureInfo.InvariantCulture);
        }
    }
}
