using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge;

/// <summary>One firmware that is here for phones.</summary>
internal sealed record FirmwareEntry
{
    /// <summary>The vendor folder's name.</summary>
    public required string Vendor { get; init; }

    /// <summary>For which models; see <see cref="ModelPattern"/>.</summary>
    public required ImmutableArray<string> Models { get; init; }

    /// <summary>As the phone will say it.</summary>
    public required string Version { get; init; }

    /// <summary>Which policies want it.</summary>
    public required string Channel { get; init; }

    /// <summary>Its name in the folder, and under <c>/firmware/</c>.</summary>
    public required string File { get; init; }

    /// <summary>64 lower-case hex digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Not before; null: at any time.</summary>
    public DateTimeOffset? NotBeforeUtc { get; init; }

    /// <summary>Not from here on; null: without end.</summary>
    public DateTimeOffset? NotAfterUtc { get; init; }

    /// <summary>Only then, in the phone's time zone; null: all day.</summary>
    public DailyWindow? Window { get; init; }
}

/// <summary>
/// What the operator wrote about the files in the firmware folder: tab-separated <c>vendor, models, version, channel, file, sha256</c> and, where wanted,
/// <c>not-before, not-after, window</c>; a hyphen stands for none, and lines that begin with <c>#</c> are skipped.
/// </summary>
internal static partial class FirmwareManifest
{
    /// <summary>Its name in the folder.</summary>
    public const string FileName = "firmware.tsv";

    private const string None = "-";
    private const int LeastColumns = 6;
    private const int MostColumns = 9;
    private static readonly string[] TimeForms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'"];

    /// <summary>The entries, or every error with its line. An empty manifest is good: there is no firmware.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="vendors">The vendors whose phones take firmware from here.</param>
    public static (ImmutableArray<FirmwareEntry> Entries, IReadOnlyList<string> Errors) Read(string text, IReadOnlyCollection<string> vendors)
    {
        var entries = ImmutableArray.CreateBuilder<FirmwareEntry>();
        var errors = new List<string>();
        foreach (var (line, columns) in TabSeparatedTable.Rows(text))
        {
            if (columns.Length is < LeastColumns or > MostColumns)
            {
                errors.Add($"line {line}: {columns.Length} columns; vendor, models, version, channel, file and sha256 are expected, apart by tabs.");
                continue;
            }

            var (entry, wrong) = ReadEntry([.. columns, .. Enumerable.Repeat(None, MostColumns - columns.Length)], vendors);
            if (entries.FirstOrDefault(e => e.File == entry.File && e.Sha256 != entry.Sha256) is not null)
                wrong.Add($"the file '{entry.File}' has another sha256 in a line before.");
            errors.AddRange(wrong.Select(why => $"line {line}: {why}"));
            entries.Add(entry);
        }

        return errors.Count == 0 ? (entries.ToImmutable(), []) : ([], errors);
    }

    private static (FirmwareEntry Entry, List<string> Errors) ReadEntry(string[] columns, IReadOnlyCollection<string> vendors)
    {
        var entry = new FirmwareEntry
        {
            Vendor = columns[0],
            Models = ModelPattern.List(columns[1]),
            Version = columns[2],
            Channel = columns[3],
            File = columns[4],
            Sha256 = columns[5].ToLowerInvariant(),
            NotBeforeUtc = Time(columns[6]),
            NotAfterUtc = Time(columns[7]),
            Window = DailyWindow.Parse(columns[8]),
        };
        return (entry, [.. ErrorsOf(entry, columns, vendors)]);
    }

    private static IEnumerable<string> ErrorsOf(FirmwareEntry entry, string[] columns, IReadOnlyCollection<string> vendors)
    {
        if (!vendors.Contains(entry.Vendor))
            yield return $"'{entry.Vendor}' takes no firmware from here; these do: {string.Join(", ", vendors)}.";
        foreach (var error in ModelPattern.ErrorsOf(entry.Models)) yield return error;
        if (FirmwareVersion.Parse(entry.Vendor, entry.Version) is null) yield return $"'{entry.Version}' is no version.";
        if (!Channel().IsMatch(entry.Channel)) yield return $"'{entry.Channel}' is no channel such as stable.";
        if (!File().IsMatch(entry.File) || entry.File == FileName) yield return $"'{entry.File}' is no plain file name; letters, digits and . _ + - make one.";
        if (!Digest().IsMatch(entry.Sha256)) yield return "the sha256 is not 64 hex digits.";
        if (columns[6] != None && entry.NotBeforeUtc is null) yield return $"not-before '{columns[6]}' is no time such as 2026-03-01 or 2026-03-01T20:00Z.";
        if (columns[7] != None && entry.NotAfterUtc is null) yield return $"not-after '{columns[7]}' is no time such as 2026-03-01 or 2026-03-01T20:00Z.";
        if (entry.NotAfterUtc <= entry.NotBeforeUtc) yield return "not-after does not come after not-before.";
        if (columns[8] != None && entry.Window is null) yield return $"'{columns[8]}' is no time of day such as 22:00-05:00.";
    }

    private static DateTimeOffset? Time(string text) => DateTimeOffset.TryParseExact(
        text, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    [GeneratedRegex(@"^[a-z0-9][a-z0-9._-]{0,31}\z")]
    private static partial Regex Channel();

    // Nothing that leads out of the folder, and no hidden file.
    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9._+-]{0,127}\z")]
    private static partial Regex File();

    [GeneratedRegex(@"^[0-9a-f]{64}\z")]
    private static partial Regex Digest();
}
