using Microsoft.Data.Sqlite;

namespace SipGateway.Storage;

/// <summary>The embedded database that is moved; nobody else has it meanwhile.</summary>
internal sealed class MoveSource : IDisposable
{
    private readonly DataDirectoryLock _lock;
    private readonly SqliteReadSession _session;

    private MoveSource(DataDirectoryLock held, SqliteReadSession session) => (_lock, _session) = (held, session);

    /// <summary>Opens the database of a data directory, brought up to date.</summary>
    /// <exception cref="StorageStartException">There is none, or a gateway uses it.</exception>
    public static MoveSource Open(string directory, DateTimeOffset now)
    {
        var path = Path.Combine(directory, SqliteFile.FileName);
        if (!File.Exists(path))
            throw new StorageStartException($"{directory} holds no {SqliteFile.FileName}: name the data directory of a gateway with --data-dir.");
        var held = DataDirectoryLock.Take(directory);
        try
        {
            using (var writer = SqliteFile.OpenWriter(path))
                SqliteMigrations.Apply(writer, path, now);
            return new MoveSource(held, new SqliteReadSession(SqliteFile.OpenReader(path)));
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>What tells this gateway from every other: the key of its page keys.</summary>
    public byte[] PageKey => _session.Read("SELECT value FROM setting WHERE name = 'page-key'", row => (byte[])row.GetValue(0)).Single();

    /// <summary>The next rows in the order of the key.</summary>
    /// <param name="table">Which table.</param>
    /// <param name="after">The key after which they start; null: the first.</param>
    /// <param name="limit">How many at most.</param>
    public List<object?[]> Read(MovedTable table, object?[]? after, int limit)
    {
        var marks = string.Join(", ", table.Key.Select((_, i) => $"${i + 1}"));
        var where = after is null ? "" : $"WHERE ({table.KeyList}) > ({marks})";
        return _session.Read(
            $"SELECT {table.ColumnList} FROM {table.Source} {where} ORDER BY {table.KeyList} LIMIT ${(after?.Length ?? 0) + 1}",
            row => Values(row, table.Columns.Length), [.. after ?? [], limit]);
    }

    public void Dispose()
    {
        _session.Dispose();
        _lock.Dispose();
    }

    private static object?[] Values(SqliteDataReader row, int count)
    {
        var values = new object?[count];
        for (var i = 0; i < count; i++)
            values[i] = row.IsDBNull(i) ? null : row.GetValue(i);
        return values;
    }
}
