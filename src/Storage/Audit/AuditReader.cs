using System.Data.Common;
using System.Globalization;

namespace SipGateway.Storage;

/// <summary>Reads the audit journal and proves it whole.</summary>
internal sealed class AuditReader(IReadRows rows) : IAuditReader
{
    private const int WalkRows = 1000;
    private readonly StoredPageKeys _pageKeys = new(rows);

    public async Task<Page<SealedAuditRow>> ListAsync(AuditQuery query, CancellationToken cancellation)
    {
        PageRules.CheckSize(query.PageSize);
        var keys = await _pageKeys.GetAsync(cancellation);
        var fingerprint = AuditCondition.Fingerprint(query);
        var after = keys.Open(fingerprint, query.PageKey);
        var condition = new AuditCondition(query);
        var before = after is null ? long.MaxValue : long.Parse(after[0], CultureInfo.InvariantCulture);
        var found = await rows.ReadAsync(
            rows.Dialect.AuditPage(condition.Sql),
            row => (Position: row.GetInt64(7), Row: new SealedAuditRow(row.GetInt64(8), row.GetString(9), AuditColumns.Read(row))),
            cancellation, [query.Tenant, before, query.PageSize + 1, .. condition.Values]);
        var page = PageRules.Cut(found, query.PageSize, last => keys.Seal(fingerprint, last.Position.ToString(CultureInfo.InvariantCulture)));
        return new Page<SealedAuditRow>([.. page.Items.Select(item => item.Row)], page.NextKey);
    }

    public async Task<long?> FindFirstBrokenAsync(CancellationToken cancellation)
    {
        var (sequence, auditId, hash) = (0L, 0L, AuditChain.Start);
        while (true)
        {
            var walked = await rows.ReadAsync(rows.Dialect.AuditWalk, ReadWalked, cancellation, sequence, WalkRows);
            foreach (var (found, id, stored, row) in walked)
            {
                // An audit row between two sealed ones was put in, or its seal taken out.
                var expected = sequence + 1;
                if (found != expected || row is null || await HoldsUnsealedAsync(auditId, id, cancellation))
                    return expected;
                if (AuditChain.HashOf(hash, expected, row) != stored)
                    return expected;
                (sequence, auditId, hash) = (found, id, stored);
            }

            if (walked.Count < WalkRows)
                return null;
        }
    }

    private async Task<bool> HoldsUnsealedAsync(long afterId, long beforeId, CancellationToken cancellation) =>
        beforeId != afterId + 1 && rows.Dialect.AuditUnsealedBetween is { } sql
        && (await rows.ReadAsync(sql, row => row.GetInt64(0), cancellation, afterId, beforeId))[0] > 0;

    private static (long Sequence, long AuditId, string Hash, AuditRow? Row) ReadWalked(DbDataReader row) =>
        (row.GetInt64(7), row.GetInt64(8), row.GetString(9), row.IsDBNull(0) ? null : AuditColumns.Read(row));
}
