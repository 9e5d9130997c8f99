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
    private readonly BindingStatements _bindings;
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
        _bindings = new(connection);
        _effects = new(connection);
    }

    public WriteVerdict Write(StateEntry entry, JournalStatements journals, DateTimeOffset now)
    {
        var nowUs = StoredTime.ToMicroseconds(now);
        return WriteState(entry, nowUs, out var version)
            ? Write(entry.StateKey, version, entry.Effects, journals, nowUs)
            : new WriteVerdict.VersionLost(Version(entry.StateKey) ?? 0);
    }

    public WriteVerdict Write(EffectsEntry entry, JournalStatements journals, DateTimeOffset now)
    {
        var version = Version(entry.StateKey) ?? 0;
        return version == entry.Version
            ? Write(entry.StateKey, version, entry.Effects, journals, StoredTime.ToMicroseconds(now))
            : new WriteVerdict.VersionLost(version);
    }

    public void Dispose()
    {
        foreach (IDisposable part in (IDisposable[])[_insert, _update, _delete, _version, _change, _due, _notDue, _bindings, _effects])
            part.Dispose();
    }

    private WriteVerdict Write(StateKey key, long version, StateEffects effects, JournalStatements journals, long nowUs)
    {
        if (_effects.TakeKeys(key, effects) is { } refused)
            return refused;
        if (_bindings.Write(key.Key, effects) is { } lost)
            return lost;
        _effects.WriteRows(key.Key, effects);
        WriteDue(key, effects);
        journals.Write(effects, nowUs);
        _change.Execute(key.GrainType, key.Key, version, nowUs);
        return new WriteVerdict.Won(version);
    }

    private long? Version(StateKey key) => _version.Number(key.GrainType, key.Key, key.StateName);

    private bool WriteState(StateEntry entry, long nowUs, out long version)
    {
        var (type, key, name) = entry.StateKey;
        version = entry.ExpectedVersion + 1;
        if (entry is { ExpectedVersion: 0, Json: null })
        {
            // Nothing was there and nothing shall be: the effects still count, unless somebody wrote in between.
            version = 0;
            return Version(entry.StateKey) is null;
        }

        if (entry.ExpectedVersion == 0)
            return _insert.Execute(type, key, name, nowUs, entry.Json) == 1;
        return entry.Json is null
            ? _delete.Execute(type, key, name, nowUs, entry.ExpectedVersion) == 1
            : _update.Execute(type, key, name, nowUs, entry.Json, entry.ExpectedVersion) == 1;
    }

    private void WriteDue(StateKey state, StateEffects effects)
    {
        if (effects.DueAtUtc is not { } due)
            return;
        var (type, key, _) = state;
        if (due == Due.Never)
            _notDue.Execute(type, key);
        else
            _due.Execute(type, key, DueShard.Of(type, key), StoredTime.ToMicroseconds(due));
    }
}
