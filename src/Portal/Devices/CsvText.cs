using System.Text;

namespace SipGateway.Portal;

/// <summary>Tables as text (RFC 4180): written so that no spreadsheet takes a cell for a formula, and read as the gateway reads them.</summary>
internal static class CsvText
{
    /// <summary>Tells a spreadsheet that the text is UTF-8.</summary>
    public const string ByteOrderMark = "\uFEFF";

    /// <summary>One row with its end.</summary>
    public static string Row(IEnumerable<string> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    /// <summary>One cell. What a spreadsheet would reckon gets an apostrophe before it, which says that it is text.</summary>
    public static string Cell(string text)
    {
        var safe = text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",;\"\r\n\t") >= 0 || safe != safe.Trim() ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    /// <summary>The rows of a text, each with the line that it begins on; at most so many. Rows without a character are left out.</summary>
    public static IReadOnlyList<(int Line, string[] Cells)> Read(string text, int limit)
    {
        text = text.TrimStart('\uFEFF');
        var heading = text.AsSpan(0, text.AsSpan().IndexOfAny('\r', '\n') is var end and >= 0 ? end : text.Length);
        var separator = heading.Contains(';') ? ';' : heading.Contains('\t') ? '\t' : ',';
        var rows = new List<(int, string[])>();
        for (var (at, line) = (0, 1); at < text.Length && rows.Count < limit;)
        {
            var start = line;
            var cells = ReadRow(text, separator, ref at, ref line);
            if (cells is not [""])
            {
                rows.Add((start, cells));
            }
        }

        return rows;
    }

    private static string[] ReadRow(string text, char separator, ref int at, ref int line)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var isQuoted = false;
        for (; at < text.Length; at++)
        {
            var c = text[at];
            line += c == '\n' ? 1 : 0;
            if (c == '"' && (isQuoted || cell.Length == 0))
            {
                var isDoubled = isQuoted && at + 1 < text.Length && text[at + 1] == '"';
                if (isDoubled)
                {
                    cell.Append(text[++at]);
                }
                else
                {
                    isQuoted = !isQuoted;
                }
            }
            else if (isQuoted || (c != separator && c is not ('\r' or '\n')))
            {
                cell.Append(c);
            }
            else if (c == separator)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else if (c == '\n')
            {
                at++;
                break;
            }
        }

        cells.Add(cell.ToString());
        return [.. cells];
    }
}
