using System.Collections.Immutable;
using CsvHelper;
using SipGateway.Grains.Interfaces;

namespace SipGateway.AdminApi;

/// <summary>
/// Reads the table that Teams admin center exports and administrators edit: columns <c>MAC id</c> and <c>Location</c>, perhaps <c>Site</c> later, by comma or
/// semicolon, quoted or not, with or without a byte order mark. A wrong row becomes an item with its error; the others go through.
/// </summary>
internal static class ImportCsv
{
    private static readonly string[] MacTitles = ["macid", "mac", "macaddress"];

    // A record of a heading and two columns is far smaller; an unclosed quote would take the rest of the table.
    private const int MaxRecordBytes = 64 * 1024;

    /// <summary>Reads the rows, numbered by the line they start on, the heading being row 1.</summary>
    /// <returns>The items, or why there is no table at all.</returns>
    public static (ImmutableArray<BulkItem> Items, string? Error) Read(string csv)
    {
        if (csv.Length > AdminApiLimits.MaxImportChars)
        {
            return ([], $"the table is larger than {AdminApiLimits.MaxImportChars} characters; import it in parts");
        }

        var text = csv.TrimStart('\uFEFF');
        using var reader = CsvReader.FromText(text, OptionsFor(text));
        try
        {
            return !reader.Read() ? ([], "the table is empty; its heading is 'MAC id,Location'") : ReadRows(reader);
        }
        catch (CsvFormatException e)
        {
            return ([], $"row {e.LineNumber} cannot be read: {e.Message.Split('\n')[0]}");
        }
    }

    private static (ImmutableArray<BulkItem> Items, string? Error) ReadRows(CsvReader reader)
    {
        var titles = reader.Current.ToArray().Select(Title).ToArray();
        var macColumn = Array.FindIndex(titles, t => MacTitles.Contains(t));
        if (macColumn < 0)
        {
            return ([], "the first row must be the heading 'MAC id,Location'");
        }

        var locationColumn = Array.IndexOf(titles, "location");
        var items = ImmutableArray.CreateBuilder<BulkItem>();
        var seen = new Dictionary<string, int>();
        while (reader.Read())
        {
            if (items.Count == AdminApiLimits.MaxImportRows)
            {
                return ([], $"the table has more than {AdminApiLimits.MaxImportRows} rows; import it in parts");
            }

            items.Add(ItemOf(reader, titles.Length, macColumn, locationColumn, seen));
        }

        return items.Count == 0 ? ([], "the table has a heading and no rows") : (items.ToImmutable(), null);
    }

    private static BulkItem ItemOf(CsvReader reader, int columns, int macColumn, int locationColumn, Dictionary<string, int> seen)
    {
        var record = reader.Current.ToArray();
        var row = (int)reader.LineNumber;
        var mac = (macColumn < record.Length ? record[macColumn] : "").Trim();
        var location = (locationColumn >= 0 && locationColumn < record.Length ? record[locationColumn] : "").Trim();
        var error = ErrorOf(record, columns, mac, location);
        if (error.Length == 0 && LineKey.TryParse(mac, out var key) && !seen.TryAdd(key, row))
        {
            error = $"this MAC stands in row {seen[key]} already";
        }

        return new BulkItem { Row = row, Mac = ResourceNames.Shown(mac), Detail = error.Length == 0 ? location : "", Error = error };
    }

    private static string ErrorOf(string[] record, int columns, string mac, string location) => 0 switch
    {
        _ when mac.Length == 0 => "the MAC is missing",
        _ when !LineKey.TryParse(mac, out _) => "this is no MAC address; write 12 hex digits, such as 00:15:65:aa:bb:cc, and :002 behind it for a second line",
        _ when record.Length > columns && record.Skip(columns).Any(f => f.Length > 0) =>
            "there are more fields than columns; put a location with a comma into quotes",
        _ when location.Length > AdminApiLimits.MaxLocationChars =>
            $"the location is longer than {AdminApiLimits.MaxLocationChars} characters",
        _ when location.Any(char.IsControl) => "the location holds a line break or control character",
        _ => "",
    };

    private static CsvReaderOptions OptionsFor(string text)
    {
        var heading = text.AsSpan(0, text.AsSpan().IndexOfAny('\r', '\n') is var end and >= 0 ? end : text.Length);
        return new CsvReaderOptions
        {
            Separator = heading.Contains(';') ? ';' : heading.Contains('\t') ? '\t' : ',',
            HasHeader = false,
            TrackLineNumbers = true,
            MaxRecordSize = MaxRecordBytes,
        };
    }

    private static string Title(string title) => string.Concat(title.Where(char.IsLetter)).ToLowerInvariant();
}
