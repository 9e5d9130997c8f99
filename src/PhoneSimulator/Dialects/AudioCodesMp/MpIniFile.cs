using System.Text;

namespace SipGateway.PhoneSimulator;

/// <summary>
/// An ini file as AudioCodes' gateways read it: <c>Name = value</c> in any case, and tables between <c>[ NAME ]</c> and <c>[ \NAME ]</c> whose FORMAT
/// line names the columns. A table that comes replaces the one that was there. Lines that begin with a semicolon are remarks.
/// </summary>
internal sealed class MpIniFile
{
    /// <summary>A table's rows, one for each port of the largest.</summary>
    private const int MostRows = 24;

    private readonly List<KeyValuePair<string, string?>> _settings = [];
    private readonly List<string> _faults = [];
    private string _section = "";
    private string[]? _columns;

    /// <summary>The settings; a cell of a table as <c>table.row.column</c>.</summary>
    public static PhoneFile? Read(byte[] content)
    {
        var text = Encoding.UTF8.GetString(content);
        if (!text.EndsWith('\n'))
        {
            return null;
        }

        var file = new MpIniFile();
        foreach (var line in text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != ';'))
        {
            file.Take(line);
        }

        if (file._columns is not null)
        {
            file._faults.Add($"has a table without an end: {file._section}");
        }

        return new PhoneFile(file._settings, file._faults);
    }

    private void Take(string line)
    {
        if (line[0] == '[' && line[^1] == ']')
        {
            Open(line[1..^1].Trim());
        }
        else if (line.IndexOf('=', StringComparison.Ordinal) is var at and > 0)
        {
            Set(line[..at].Trim(), line[(at + 1)..].Trim());
        }
        else
        {
            _faults.Add($"has a line that is no setting: {line}");
        }
    }

    private void Open(string name)
    {
        if (name.StartsWith('\\'))
        {
            if (_columns is null || !name[1..].Trim().Equals(_section, StringComparison.OrdinalIgnoreCase))
            {
                _faults.Add($"ends a table that did not begin: {name}");
            }

            _columns = null;
            name = "";
        }

        _section = name.ToLowerInvariant();
    }

    private void Set(string name, string value)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is ["FORMAT", _])
        {
            Columns(value);
        }
        else if (_columns is { } columns)
        {
            Row(words, columns, value);
        }
        else
        {
            var isQuoted = value.Length >= 2 && value[0] == '\'' && value[^1] == '\'';
            _settings.Add(KeyValuePair.Create(name.ToLowerInvariant(), (string?)(isQuoted ? value[1..^1] : value)));
        }
    }

    private void Columns(string value)
    {
        _columns = [.. value.TrimEnd(';').Split(',').Select(column => column.Trim().Split('_', 2)[^1].ToLowerInvariant())];
        foreach (var row in Enumerable.Range(0, MostRows))
        {
            _settings.AddRange(_columns.Select(column => KeyValuePair.Create($"{_section}.{row}.{column}", (string?)null)));
        }
    }

    private void Row(string[] name, string[] columns, string value)
    {
        if (name is not [var table, var row] || !table.Equals(_section, StringComparison.OrdinalIgnoreCase) || Cells(value) is not { } cells
            || cells.Count != columns.Length)
        {
            _faults.Add($"has a row that is none of {_section}'s: {string.Join(' ', name)} = {value}");
            return;
        }

        _settings.AddRange(columns.Zip(cells, (column, cell) => KeyValuePair.Create($"{_section}.{row}.{column}", (string?)cell)));
    }

    // Up to a semicolon outside quotation marks.
    private static List<string>? Cells(string value)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var isQuoted = false;
        foreach (var (at, c) in value.Index())
        {
            if (c == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (isQuoted || c is not (',' or ';' or ' '))
            {
                cell.Append(c);
            }
            else if (c is ',' or ';')
            {
                cells.Add(cell.ToString());
                cell.Clear();
                if (c == ';')
                {
                    return at == value.Length - 1 ? cells : null;
                }
            }
        }

        return null;
    }
}
