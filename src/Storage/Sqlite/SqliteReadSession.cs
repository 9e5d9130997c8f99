using Microsoft.Data.Sqlite;

namespace SipGateway.Storage;

/// <summary>A reading connection with the statements that are used all the time.</summary>
internal sealed class SqliteReadSession : IDisposable
{
    private readonly SqliteStatement _state;
    private readonly SqliteStatement _contacts;

    public SqliteReadSession(SqliteConnection connection)
    {
        Connection = connection;
        _state = new(connection,
            "SELECT version, deleted, json FROM grain_state WHERE grain_type = $1 AND grain_key = $2 AND state_name = $3", 3);
        _contacts = new(connection,
            "SELECT mac, binding_id, generation, expires_us, last_seen_us, source FROM contact WHERE mac = $1", 1);
    }

    public SqliteConnection Connection { get; }

    public StoredDocument? ReadState(StateKey key) =>
        _state.Read(
            row => new StoredDocument(row.GetInt64(0), row.GetInt64(1) == 0 ? row.GetString(2) : null),
            key.GrainType, key.Key, key.StateName).SingleOrDefault();

    public List<ContactRow> ReadContacts(string mac) => _contacts.Read(
        row => new ContactRow
        {
            Mac = row.GetString(0),
            BindingId = row.GetString(1),
            Generation = row.GetInt64(2),
            ExpiresAtUtc = StoredTime.FromMicroseconds(row.GetInt64(3)),
            LastSeenAtUtc = StoredTime.FromMicroseconds(row.GetInt64(4)),
            Source = row.GetString(5),
        },
        mac);

    /// <summary>A query that is used now and then.</summary>
    public List<T> Read<T>(string sql, Func<SqliteDataReader, T> row, params ReadOnlySpan<object?> values)
    {
        using var statement = new SqliteStatement(Connection, sql, values.Length);
        return statement.Read(row, values);
    }

    public void Dispose()
    {
        _state.Dispose();
        _contacts.Dispose();
        Connection.Dispose();
    }
}
