namespace SipGateway.Grains.Interfaces;

/// <summary>A table that people write: columns apart by tabs; empty lines, and lines that begin with <c>#</c>, are skipped.</summary>
public static class TabSeparatedTable
{
    /// <summary>The rows with the numbers of their lines, from 1, and their columns without blanks around them.</summary>
    /// <param name="text">The file's text, with or without a byte order mark, with line feeds of either kind.</param>
    public static IEnumerable<(int Line, string[] Columns)> Rows(string text)
    {
        foreach (var (index, raw) in text.Split('\n').Index())
        {
            var line = raw.TrimEnd('\r').TrimStart('\uFEFF');
            if (line.Trim().Length > 0 && !line.StartsWith('#')) yield return (index + 1, [.. line.Split('\t').Select(c => c.Trim())]);
        }
    }
}
