using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <summary>One row of a table that is imported.</summary>
/// <param name="Line">Where it stands, the heading being 1.</param>
/// <param name="Cells">As they stand there.</param>
/// <param name="Mac">What stands for the MAC.</param>
/// <param name="Location">What stands for the location.</param>
/// <param name="Result">What the gateway said; null before.</param>
internal sealed record ImportRow(int Line, string[] Cells, string Mac, string Location, OperationResponse.Types.Result? Result = null)
{
    /// <summary>Whether the phone is claimed.</summary>
    public bool IsClaimed => Result?.Status == "SUCCEEDED";

    /// <summary>Whether it was refused.</summary>
    public bool IsRefused => Result is not null && !IsClaimed;

    /// <summary>The rows under the heading. Which column is which, the gateway judges; here it is only shown.</summary>
    public static (string[] Heading, IReadOnlyList<ImportRow> Rows) Read(string csv, int limit)
    {
        var rows = CsvText.Read(csv, limit + 1);
        if (rows.Count == 0)
        {
            return ([], []);
        }

        var titles = rows[0].Cells.Select(t => string.Concat(t.Where(char.IsLetter)).ToLowerInvariant()).ToArray();
        var (mac, location) = (Math.Max(0, Array.FindIndex(titles, t => t.StartsWith("mac", StringComparison.Ordinal))), Array.IndexOf(titles, "location"));
        return (rows[0].Cells, [.. rows.Skip(1).Select(r => new ImportRow(r.Line, r.Cells, CellOf(r.Cells, mac), CellOf(r.Cells, location)))]);
    }

    private static string CellOf(string[] cells, int at) => at >= 0 && at < cells.Length ? cells[at].Trim() : "";
}
