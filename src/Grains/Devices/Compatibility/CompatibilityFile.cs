using System.Collections.Immutable;
using System.Text.RegularExpressions;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Devices;

/// <summary>Reads a compatibility table: tab-separated <c>vendor, models, minimum, approved, note</c>; lines that begin with <c>#</c> are skipped.</summary>
public static partial class CompatibilityFile
{
    /// <summary>As the first line of an operator's file: the table that comes with the gateway does not count.</summary>
    public const string ReplaceWord = "!replace";

    private const int MaxChars = 1_000_000;
    private const string None = "-";

    /// <summary>The table with an operator's file over it, or everything that is wrong with the file.</summary>
    /// <param name="path">The file; empty: the table that comes with the gateway.</param>
    public static (CompatibilityTable? Table, IReadOnlyList<string> Errors) Load(string path)
    {
        if (path.Length == 0) return (CompatibilityTable.BuiltIn, []);
        try
        {
            return new FileInfo(path).Length > MaxChars
                ? (null, [$"it has more than {MaxChars} bytes; a table of models has not."])
                : Read(File.ReadAllText(path), CompatibilityTable.BuiltIn);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return (null, [$"it cannot be read: {failure.Message}"]);
        }
    }

    /// <summary>The table, or every error with its line.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="below">The table whose rows count after those of the file; null: none.</param>
    internal static (CompatibilityTable? Table, IReadOnlyList<string> Errors) Read(string text, CompatibilityTable? below)
    {
        var reading = new Reading();
        foreach (var (line, columns) in TabSeparatedTable.Rows(text)) reading.Take(line, columns);
        if (reading.Rows.Count == 0 && reading.Errors.Count == 0) reading.Errors.Add("it has no row.");
        var rows = reading.IsAlone || below is null ? reading.Rows : reading.Rows.Concat(below.Rows);
        return reading.Errors.Count == 0 ? (new CompatibilityTable(rows), []) : (null, reading.Errors);
    }

    private sealed class Reading
    {
        private readonly Dictionary<(string Vendor, string Model), int> seen = [];

        public List<CompatibilityRow> Rows { get; } = [];

        public List<string> Errors { get; } = [];

        public bool IsAlone { get; private set; }

        public void Take(int number, string[] columns)
        {
            if (string.Concat(columns) == ReplaceWord)
            {
                IsAlone = true;
                if (Rows.Count > 0) Errors.Add($"line {number}: {ReplaceWord} must stand before the rows.");
                return;
            }

            if (columns.Length is < 4 or > 5)
            {
                Errors.Add($"line {number}: {columns.Length} columns; vendor, models, minimum, approved and perhaps a note are expected, apart by tabs.");
                return;
            }

            var row = new CompatibilityRow(
                columns[0],
                ModelPattern.List(columns[1]),
                columns[2] == None ? "" : columns[2],
                columns[3] == None ? "" : columns[3],
                columns.Length == 5 ? columns[4] : "");
            Errors.AddRange(ErrorsOf(row, columns).Concat(Repetitions(row, number)).Select(error => $"line {number}: {error}"));
            Rows.Add(row);
        }

        private IEnumerable<string> Repetitions(CompatibilityRow row, int number)
        {
            foreach (var model in row.Models)
            {
                var key = (row.Vendor, ModelPattern.Plain(model));
                if (seen.TryAdd(key, number)) continue;
                yield return $"the model '{model}' stands in line {seen[key]}, too.";
            }
        }
    }

    private static IEnumerable<string> ErrorsOf(CompatibilityRow row, string[] columns)
    {
        if (!VendorName().IsMatch(row.Vendor)) yield return $"'{row.Vendor}' is no vendor's name such as yealink.";
        foreach (var error in ModelPattern.ErrorsOf(row.Models)) yield return error;
        var minimum = FirmwareVersion.Parse(row.Vendor, row.Minimum);
        var approved = FirmwareVersion.Parse(row.Vendor, row.Approved);
        if (minimum is null && columns[2] != None) yield return $"the minimum '{columns[2]}' is no version; - stands for any.";
        if (approved is null && columns[3] != None) yield return $"the approved '{columns[3]}' is no version; - stands for none.";
        if (minimum is not null && approved is not null && approved.CompareTo(minimum) < 0)
            yield return $"the approved {row.Approved} is older than the minimum {row.Minimum}.";
    }

    [GeneratedRegex(@"^[a-z][a-z0-9]{1,30}\z")]
    private static partial Regex VendorName();
}
