using Microsoft.Data.Sqlite;

namespace SipGateway.Storage;

/// <summary>Appends to the journals (audit, timeline, revocations) and refreshes contacts.</summary>
internal sealed class JournalStatements(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement _audit = new(connection,
        "INSERT INTO audit (tenant, at_us, actor, action, target, outcome, detail) VALUES ($1, $2, $3, $4, $5, $6, $7)", 7);

    private readonly SqliteStatement _event = new(connection,
        "INSERT INTO device_event (tenant, mac, at_us, kind, message, source) VALUES ($1, $2, $3, $4, $5, $6)", 6);

    private readonly SqliteStatement _revocation = new(connection,
        "INSERT INTO revocation (edge, mac, version, at_us) VALUES ($1, $2, $3, $4)", 4);

    private readonly SqliteStatement _refresh = new(connection, """
        UPDATE contact SET expires_us = $4, last_seen_us = $5, source = $6
        WHERE mac = $1 AND binding_id = $2 AND generation = $3 AND last_seen_us <= $5
        """, 6);

    private readonly SqliteStatement _pruneEvents = new(connection, Prune("device_event", "id"), 2);
    private readonly SqliteStatement _pruneChanges = new(connection, Prune("change", "sequence"), 2);
    private readonly SqliteStatement _pruneRevocations = new(connection, Prune("revocation", "sequence"), 2);

    private readonly SqliteStatement _sample = new(connection,
        $"INSERT INTO fleet_sample ({FleetHistory.Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING", 8);

    private readonly SqliteStatement _pruneSamples = new(connection, "DELETE FROM fleet_sample WHERE at_us < $1", 1);

    public void Write(StateEffects effects, long nowUs)
    {
        WriteAudit(effects.Audit);
        WriteEvents(effects.Events);
        foreach (var row in effects.Revocations)
            _revocation.Execute(row.Edge, row.Mac, row.Version, nowUs);
    }

    public void WriteAudit(IEnumerable<AuditRow> rows)
    {
        foreach (var row in rows)
        {
            _audit.Execute(Column(row.Tenant), StoredTime.ToMicroseconds(row.AtUtc), Column(row.Actor), Column(row.Action),
                Column(row.Target), Column(row.Outcome), Sentence(row.Detail));
        }
    }

    public void WriteEvents(IEnumerable<DeviceEventRow> rows)
    {
        foreach (var row in rows)
        {
            _event.Execute(Column(row.Tenant), Column(row.Mac), StoredTime.ToMicroseconds(row.AtUtc), Column(row.Kind),
                Sentence(row.Message), Column(row.Source));
        }
    }

    public void Refresh(IEnumerable<ContactRow> rows)
    {
        foreach (var row in rows)
        {
            _refresh.Execute(row.Mac, row.BindingId, row.Generation, StoredTime.ToMicroseconds(row.ExpiresAtUtc),
                StoredTime.ToMicroseconds(row.LastSeenAtUtc), row.Source);
        }
    }

    public int PruneEvents(DateTimeOffset before, int limit) => _pruneEvents.Execute(StoredTime.ToMicroseconds(before), limit);

    public int PruneChanges(DateTimeOffset before, int limit) => _pruneChanges.Execute(StoredTime.ToMicroseconds(before), limit);

    public int PruneRevocations(DateTimeOffset before, int limit) => _pruneRevocations.Execute(StoredTime.ToMicroseconds(before), limit);

    public int AddSamples(IReadOnlyList<FleetSample> samples, DateTimeOffset keptSince)
    {
        var added = samples.Sum(sample => _sample.Execute(FleetHistory.Values(sample)));
        _pruneSamples.Execute(StoredTime.ToMicroseconds(keptSince));
        return added;
    }

    public void Dispose()
    {
        foreach (var part in (SqliteStatement[])
            [_audit, _event, _revocation, _refresh, _pruneEvents, _pruneChanges, _pruneRevocations, _sample, _pruneSamples])
            part.Dispose();
    }

    // Looks at the oldest rows only, by the key: times have no index of their own.
    private static string Prune(string table, string key) =>
        $"DELETE FROM {table} WHERE {key} IN "
        + $"(SELECT {key} FROM (SELECT {key}, at_us FROM {table} ORDER BY {key} LIMIT $2) WHERE at_us < $1)";

    private static string Column(string text) => StoredText.Clean(text, StorageLimits.MaxColumnChars);

    private static string Sentence(string text) => StoredText.Clean(text, StorageLimits.MaxSentenceChars);
}
