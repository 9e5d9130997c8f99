using CsvHelper;
using Google.Protobuf;
using Spectre.Console;

namespace SipGateway.Cli;

/// <summary>One column of a table.</summary>
internal sealed record Column<T>(string Title, Func<T, string> Value);

/// <summary>Writes records as a table for people, or as JSON, CSV or names for programs.</summary>
internal sealed class RecordWriter(string format, TextWriter output)
{
    private const int WidthWithoutScreen = 240;
    private static readonly JsonFormatter Json = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true).WithIndentation());

    /// <summary>A list.</summary>
    public void Write<T>(IReadOnlyCollection<T> records, Func<T, string> nameOf, params Column<T>[] columns)
        where T : IMessage
    {
        switch (format)
        {
            case "json":
                output.WriteLine($"[{string.Join(",\n", records.Select(r => Json.Format(r)))}]");
                break;
            case "name":
                foreach (var record in records)
                {
                    output.WriteLine(nameOf(record));
                }

                break;
            case "csv":
                WriteCsv(records, columns);
                break;
            default:
                WriteTable(records, columns);
                break;
        }
    }

    /// <summary>One record: JSON as an object, elsewhere a list of one.</summary>
    public void WriteOne<T>(T record, Func<T, string> nameOf, params Column<T>[] columns)
        where T : IMessage
    {
        if (format == "json")
        {
            output.WriteLine(Json.Format(record));
            return;
        }

        Write([record], nameOf, columns);
    }

    /// <summary>One record: JSON as an object, elsewhere what it is made of.</summary>
    public void WriteParts<T, TPart>(T record, Func<T, IEnumerable<TPart>> partsOf, Func<TPart, string> nameOf, params Column<TPart>[] columns)
        where T : IMessage
    {
        switch (format)
        {
            case "json":
                output.WriteLine(Json.Format(record));
                break;
            case "name":
                foreach (var part in partsOf(record))
                {
                    output.WriteLine(nameOf(part));
                }

                break;
            case "csv":
                WriteCsv(partsOf(record), columns);
                break;
            default:
                WriteTable(partsOf(record), columns);
                break;
        }
    }

    // A cell that begins like a formula is one to a spreadsheet: it gets an apostrophe in front.
    private void WriteCsv<T>(IEnumerable<T> records, Column<T>[] columns)
    {
        using var csv = CsvWriter.Create(output, new CsvWriterOptions { Injection = CsvInjection.Escape }, leaveOpen: true);
        foreach (var column in columns)
        {
            csv.WriteField(column.Title);
        }

        csv.EndRecord();
        foreach (var record in records)
        {
            foreach (var column in columns)
            {
                csv.WriteField(column.Value(record));
            }

            csv.EndRecord();
        }
    }

    private void WriteTable<T>(IEnumerable<T> records, Column<T>[] columns)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = true };
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column.Title)) { NoWrap = true });
        }

        foreach (var record in records)
        {
            table.AddRow(columns.Select(c => new Text(Printable(c.Value(record)))));
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (output != Console.Out || Console.IsOutputRedirected)
        {
            console.Profile.Width = WidthWithoutScreen;
        }

        console.Write(table);
    }

    // What a phone or another admin wrote must not steer this terminal.
    private static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
}
