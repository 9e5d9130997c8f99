using Microsoft.Data.Sqlite;

namespace SipGateway.Storage;

/// <summary>Writes states, and the rows that travel with them.</summary>
internal sealed class StateStatements : IDisposable
{
    private const string WhereKey = "WHERE grain_type = $1 AND grain_key = $2 AND state_name = $3";
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _update;
    private readonly SqliteStatement _delete;
    private readonly SqliteStatement _version;
    private readonly SqliteStatement _change;
    private readonly SqliteStatement _due;
    private readonly SqliteStatement _notDue;
    private readonly EffectStatements _effects;

    public StateStatements(SqliteConnection connection)
    {
        _insert = new(connection, """
            INSERT INTO grain_state (grain_type, grain_key, state_name, version, deleted, updated_us, json)
            VALUES ($1, $2, $3, 1, 0, $4, $5) ON CONFLICT DO NOTHING
            """, 5);
        _update = new(connection,
            $"UPDATE grain_state SET version = version + 1, deleted = 0, updated_us = $4, json = $5 {WhereKey} AND version = $6", 6);
        _delete = new(connection,
            $"UPDATE grain_state SET version = version + 1, deleted = 1, updated_us = $4, json = '' {WhereKey} AND version = $5", 5);
        _version = new(connection, $"SELECT version FROM grain_state {WhereKey}", 3);
        _change = new(connection, "INSERT INTO change (grain_type, grain_key, version, at_us) VALUES ($1, $2, $3, $4)", 4);
        _due = new(connection, """
            INSERT INTO due (grain_type, grain_key, shard, due_us) VALUES ($1, $2, $3, $4)
            ON CONFLICT (grain_type, grain_key) DO UPDATE SET due_us = excluded.due_us
            """, 4);
        _notDue = new(connection, "DELETE FROM due WHERE grain_type = $1 AND grain_key = $2", 2);
        _effects = new(connection);
    }

    public WriteVerdict Write(StateEntry entry, JournalStatements journals, DateTimeOffset now)
    {
        var nowUs = StoredTime.ToMicroseconds(now);
        var (type, key, name) = entry.StateKey;
        if (!WriteState(entry, nowUs, out var version))
            return new WriteVerdict.VersionLost((long?)_version.Scalar(type, key, name) ?? 0);
        if (_effects.TakeKeys(entry) is { } refused)
            return refused;
        _effects.WriteRows(entry);
        WriteDue(entry);
        journals.Write(entry.Effects, nowUs);
        _change.Execute(type, key, version, nowUs);
        return new WriteVerdict.Won(version);
    }

    public void Dispose()
    {
        foreach (IDisposable part in (IDisposable[])[_insert, _update, _delete, _version, _change, _due, _notDue, _effects])
            part.Dispose();
    }

    private bool WriteState(StateEntry entry, long nowUs, out long version)
    {
        var (type, key, name) = entry.StateKey;
        version = entry.ExpectedVersion + 1;
        if (entry is { ExpectedVersion: 0, Json: null })
        {
            // Nothing was there and nothing shall be: the effects still count, unless somebody wrote in between.
            version = 0;
            return _version.Scalar(type, key, name) is null;
        }

        if (entry.ExpectedVersion == 0)
            return _insert.Execute(type, key, name, nowUs, entry.Json) == 1;
        return entry.Json is null
            ? _delete.Execute(type, key, name, nowUs, entry.ExpectedVersion) == 1
            : _update.Execute(type, key, name, nowUs, entry.Json, entry.ExpectedVersion) == 1;
    }

    private void WriteDue(StateEntry entry)
    {
        if (entry.Effects.DueAtUtc is not { } due)
            return;
        var (type, key, _) = entry.StateKey;
        if (due == Due.Never)
            _notDue.Execute(type, key);
        else
            _due.Execute(type, key, DueShard.Of(type, key), StoredTime.ToMicroseconds(due));
    }
}
