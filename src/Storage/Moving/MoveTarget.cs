using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace SipGateway.Storage;

/// <summary>The cluster's database that is moved into. How far each table came is written in the same transaction as its rows.</summary>
internal sealed class MoveTarget(NpgsqlDataSource source) : IAsyncDisposable
{
    private const string ProgressName = "move/";
    private const string DoneName = "moved";

    /// <summary>Makes sure that these rows may be moved here: into an empty database, or on from where an earlier move of the same gateway
    /// was cut short.</summary>
    /// <exception cref="StorageStartException">It holds another gateway's rows, or the move is done.</exception>
    public async Task BeginAsync(byte[] pageKey, CancellationToken cancellation)
    {
        if ((await ReadSettingAsync("page-key", cancellation))!.AsSpan().SequenceEqual(pageKey))
        {
            if (await ReadSettingAsync(DoneName, cancellation) is null)
                return;
            throw new StorageStartException(
                "This gateway was moved into this database already, whole and compared: the cluster's rows count from then on.");
        }

        await using var any = source.CreateCommand("SELECT 1 FROM grain_state UNION ALL SELECT 1 FROM audit LIMIT 1");
        if (await any.ExecuteScalarAsync(cancellation) is not null)
        {
            throw new StorageStartException(
                "The database holds the rows of another gateway, which would be mixed up with these. Move into an empty database.");
        }

        await using var connection = await source.OpenConnectionAsync(cancellation);
        await WriteSettingAsync(connection, "page-key", pageKey, cancellation);
    }

    /// <summary>The key of the last row of a table that is here; null: none is.</summary>
    public async Task<object?[]?> ReadProgressAsync(MovedTable table, CancellationToken cancellation)
    {
        if (await ReadSettingAsync(ProgressName + table.Name, cancellation) is not { } stored)
            return null;
        using var document = JsonDocument.Parse(stored);
        return [.. document.RootElement.EnumerateArray().Select(object? (item) =>
            item.ValueKind == JsonValueKind.Number ? item.GetInt64() : item.GetString())];
    }

    /// <summary>Writes rows, and how far the table is with them.</summary>
    public async Task WriteAsync(MovedTable table, List<object?[]> rows, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var copy = await connection.BeginBinaryImportAsync(
            $"COPY {table.Name} ({table.ColumnList}) FROM STDIN (FORMAT BINARY)", cancellation))
        {
            foreach (var row in rows)
                await WriteRowAsync(copy, table, row, cancellation);
            await copy.CompleteAsync(cancellation);
        }

        var last = rows[^1].Take(table.Key.Length).ToArray();
        await WriteSettingAsync(connection, ProgressName + table.Name, JsonSerializer.SerializeToUtf8Bytes(last), cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Digests a table as it is here.</summary>
    public async Task<(long Count, string Digest)> DigestAsync(MovedTable table, CancellationToken cancellation)
    {
        using var digest = new RowDigest();
        await using var command = source.CreateCommand($"SELECT {table.ColumnList} FROM {table.Name} ORDER BY {table.KeyList}");
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var values = new object?[table.Columns.Length];
        while (await row.ReadAsync(cancellation))
        {
            for (var i = 0; i < values.Length; i++)
                values[i] = row.IsDBNull(i) ? null : table.Columns[i].Type == 'i' ? (long)row.GetInt32(i) : row.GetValue(i);
            digest.Add(values);
        }

        return (digest.Count, digest.Finish());
    }

    /// <summary>Lets columns that count go on after the rows that came, and notes that all is here.</summary>
    public async Task FinishAsync(CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        foreach (var table in MovedTable.All.Where(table => table.Identity is not null))
        {
            await using var count = new NpgsqlCommand(
                $"SELECT setval(pg_get_serial_sequence('{table.Name}', '{table.Identity}'), GREATEST(MAX({table.Identity}), 1)) FROM {table.Name}",
                connection);
            await count.ExecuteNonQueryAsync(cancellation);
        }

        await using (var forget = new NpgsqlCommand($"DELETE FROM setting WHERE name LIKE '{ProgressName}%'", connection))
            await forget.ExecuteNonQueryAsync(cancellation);
        await WriteSettingAsync(connection, DoneName, [1], cancellation);
        await transaction.CommitAsync(cancellation);
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private static async Task WriteRowAsync(NpgsqlBinaryImporter copy, MovedTable table, object?[] row, CancellationToken cancellation)
    {
        await copy.StartRowAsync(cancellation);
        for (var i = 0; i < row.Length; i++)
        {
            if (row[i] is null)
                await copy.WriteNullAsync(cancellation);
            else if (table.Columns[i].Type == 't')
                await copy.WriteAsync((string)row[i]!, NpgsqlDbType.Text, cancellation);
            else if (table.Columns[i].Type == 'n')
                await copy.WriteAsync((long)row[i]!, NpgsqlDbType.Bigint, cancellation);
            else
                await copy.WriteAsync((int)(long)row[i]!, NpgsqlDbType.Integer, cancellation);
        }
    }

    private async Task<byte[]?> ReadSettingAsync(string name, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand("SELECT value FROM setting WHERE name = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        return (byte[]?)await command.ExecuteScalarAsync(cancellation);
    }

    private static async Task WriteSettingAsync(NpgsqlConnection connection, string name, byte[] value, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = value });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
