using Microsoft.Data.Sqlite;

namespace SipGateway.Storage;

/// <summary>A reading connection with the statements that are used all the time.</summary>
internal sealed class SqliteReadSession : IDisposable
{
    private readonly SqliteStatement _state;
    private readonly SqliteStatement _contacts;
    private readonly SqliteStatement _bindings;

    public SqliteReadSession(SqliteConnection connection)
    {
        Connection = connection;
        _state = new(connection,
            "SELECT version, deleted, json FROM grain_state WHERE grain_type = $1 AND grain_key = $2 AND state_name = $3", 3);
        _contacts = new(connection, $"SELECT {ContactColumns.All} FROM contact c WHERE c.mac = $1", 1);
        _bindings = new(connection,
            $"SELECT {ContactColumns.All}, b.json FROM binding b JOIN contact c ON c.mac = b.mac AND c.binding_id = b.binding_id WHERE b.mac = $1", 1);
    }

    public SqliteConnection Connection { get; }

    public StoredDocument? ReadState(StateKey key) =>
        _state.Read(
            row => new StoredDocument(row.GetInt64(0), row.GetInt64(1) == 0 ? row.GetString(2) : null),
            key.GrainType, key.Key, key.StateName).SingleOrDefault();

    public List<ContactRow> ReadContacts(string mac) => _contacts.Read(ContactColumns.Read, mac);

    public List<(string Json, ContactRow Contact)> ReadBindings(string mac) =>
        _bindings.Read(row => (row.GetString(ContactColumns.Count), ContactColumns.Read(row)), mac);

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
        _bindings.Dispose();
        Connection.Dispose();
    }
}
