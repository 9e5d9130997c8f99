using System.Globalization;

namespace SipGateway.Storage;

/// <summary>Reads the audit journal and proves it whole.</summary>
internal sealed class SqliteAuditReader(SqliteEngine engine) : IAuditReader
{
    private const int WalkRows = 1000;
    private PageKeys? _pageKeys;

    public Task<Page<SealedAuditRow>> ListAsync(string tenant, int pageSize, string? pageKey, CancellationToken cancellation)
    {
        PageRules.CheckSize(pageSize);
        return engine.Readers.QueryAsync(session =>
        {
            var keys = _pageKeys ??= SqlitePageKeys.Read(session);
            var query = "audit/" + tenant;
            var after = keys.Open(query, pageKey);
            var before = after is null ? long.MaxValue : long.Parse(after[0], CultureInfo.InvariantCulture);
            var rows = session.Read(
                $"""
                SELECT {AuditColumns.All}, a.id, s.sequence, s.hash FROM audit a JOIN audit_sealed s ON s.audit_id = a.id
                WHERE a.tenant = $1 AND a.id < $2 ORDER BY a.id DESC LIMIT $3
                """,
                row => (Id: row.GetInt64(7), Row: new SealedAuditRow(row.GetInt64(8), row.GetString(9), AuditColumns.Read(row))),
                tenant, before, pageSize + 1);
            var page = PageRules.Cut(rows, pageSize, last => keys.Seal(query, last.Id.ToString(CultureInfo.InvariantCulture)));
            return new Page<SealedAuditRow>([.. page.Items.Select(item => item.Row)], page.NextKey);
        }, cancellation);
    }

    public async Task<long?> FindFirstBrokenAsync(CancellationToken cancellation)
    {
        var (sequence, auditId, hash) = (0L, 0L, AuditChain.Start);
        while (true)
        {
            var rows = await engine.Readers.QueryAsync(session => ReadAfter(session, sequence), cancellation);
            foreach (var (found, id, stored, row) in rows)
            {
                // An audit row between two sealed ones was put in, or its seal taken out.
                var expected = sequence + 1;
                if (found != expected || row is null || await HoldsUnsealedAsync(auditId, id, cancellation))
                    return expected;
                if (AuditChain.HashOf(hash, expected, row) != stored)
                    return expected;
                (sequence, auditId, hash) = (found, id, stored);
            }

            if (rows.Count < WalkRows)
                return null;
        }
    }

    private Task<bool> HoldsUnsealedAsync(long afterId, long beforeId, CancellationToken cancellation) => beforeId == afterId + 1
        ? Task.FromResult(false)
        : engine.Readers.QueryAsync(
            session => session.Read("SELECT COUNT(*) FROM audit WHERE id > $1 AND id < $2", row =>
                row.GetInt64(0), afterId, beforeId)[0] > 0, cancellation);

    private static List<(long Sequence, long AuditId, string Hash, AuditRow? Row)> ReadAfter(SqliteReadSession session, long sequence) =>
        session.Read(
        $"""
        SELECT {AuditColumns.All}, s.sequence, s.audit_id, s.hash FROM audit_sealed s LEFT JOIN audit a ON a.id = s.audit_id
        WHERE s.sequence > $1 ORDER BY s.sequence LIMIT $2
        """,
        row => (row.GetInt64(7), row.GetInt64(8), row.GetString(9), row.IsDBNull(0) ? null : AuditColumns.Read(row)),
        sequence, WalkRows);
}

/// <summary>Reads the timeline.</summary>
internal sealed class SqliteEventReader(SqliteEngine engine) : IDeviceEventReader
{
    private PageKeys? _pageKeys;

    public Task<Page<DeviceEventRow>> ListAsync(string tenant, string mac, int pageSize, string? pageKey, CancellationToken cancellation)
    {
        PageRules.CheckSize(pageSize);
        return engine.Readers.QueryAsync(session =>
        {
            var keys = _pageKeys ??= SqlitePageKeys.Read(session);
            var query = $"events/{tenant}/{mac}";
            var after = keys.Open(query, pageKey) ?? [long.MaxValue.ToString(CultureInfo.InvariantCulture), "0"];
            var rows = session.Read(
                """
                SELECT tenant, mac, at_us, kind, message, source, id FROM device_event
                WHERE tenant = $1 AND mac = $2 AND (at_us, id) < ($3, $4) ORDER BY at_us DESC, id DESC LIMIT $5
                """,
                row => (Id: row.GetInt64(6), Row: ReadEvent(row)),
                tenant, mac, long.Parse(after[0], CultureInfo.InvariantCulture), long.Parse(after[1], CultureInfo.InvariantCulture),
                    pageSize + 1);
            var page = PageRules.Cut(rows, pageSize, last => keys.Seal(
                query,
                StoredTime.ToMicroseconds(last.Row.AtUtc).ToString(CultureInfo.InvariantCulture),
                last.Id.ToString(CultureInfo.InvariantCulture)));
            return new Page<DeviceEventRow>([.. page.Items.Select(item => item.Row)], page.NextKey);
        }, cancellation);
    }

    private static DeviceEventRow ReadEvent(Microsoft.Data.Sqlite.SqliteDataReader row) => new()
    {
        Tenant = row.GetString(0),
        Mac = row.GetString(1),
        AtUtc = StoredTime.FromMicroseconds(row.GetInt64(2)),
        Kind = row.GetString(3),
        Message = row.GetString(4),
        Source = row.GetString(5),
    };
}
