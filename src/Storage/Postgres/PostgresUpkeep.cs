using Npgsql;
using NpgsqlTypes;

namespace SipGateway.Storage;

/// <summary>Seals and prunes; one process of the cluster at a time, whoever comes first.</summary>
internal sealed class PostgresUpkeep(NpgsqlDataSource source) : IAsyncDisposable
{
    // Numbers of advisory locks; any will do, as long as they never change.
    private const long SealingLock = 0x5347_0001;
    private const long PruningLock = 0x5347_0002;

    private readonly PostgresSession _session = new(source);
    private readonly SemaphoreSlim _turn = new(1, 1);

    public Task<int> SealAsync(int limit) => InTurnAsync(async connection =>
    {
        // Nearly always there is nothing to seal, and nobody to keep out.
        await using (var any = new NpgsqlCommand("SELECT 1 FROM audit WHERE sequence IS NULL LIMIT 1", connection))
        {
            if (await any.ExecuteScalarAsync() is null)
                return 0;
        }

        await using var transaction = await connection.BeginTransactionAsync();
        if (!await IsFirstAsync(connection, SealingLock))
            return 0;
        var (sequence, hash) = await ReadLastAsync(connection);
        var rows = await ReadUnsealedAsync(connection, limit);
        var hashes = new List<string>(rows.Count);
        foreach (var (_, row) in rows)
            hashes.Add(hash = AuditChain.HashOf(hash, sequence + hashes.Count + 1, row));
        await using var seal = new NpgsqlCommand("""
            UPDATE audit a SET sequence = $1 + k.place, hash = k.hash
            FROM unnest($2, $3) WITH ORDINALITY AS k(id, hash, place) WHERE a.id = k.id
            """, connection);
        seal.Parameters.Add(new NpgsqlParameter<long> { TypedValue = sequence });
        seal.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. rows.Select(row => row.Id)] });
        seal.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. hashes], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        await seal.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
        return rows.Count;
    });

    public Task<int> PruneAsync(DateTimeOffset eventsBefore, DateTimeOffset changesBefore, DateTimeOffset revocationsBefore, int limit) =>
        InTurnAsync(async connection =>
        {
            await using var transaction = await connection.BeginTransactionAsync();
            if (!await IsFirstAsync(connection, PruningLock))
                return 0;
            // One limit for the three, so that "fewer than the limit" means that all are done.
            var events = await PruneAsync(connection, "device_event", "id", eventsBefore, limit);
            var changes = await PruneAsync(connection, "change", "transaction, id", changesBefore, limit - events);
            var revocations = await PruneAsync(connection, "revocation", "transaction, id", revocationsBefore, limit - events - changes);
            await transaction.CommitAsync();
            return events + changes + revocations;
        });

    public Task<int> AddSamplesAsync(IReadOnlyList<FleetSample> samples, DateTimeOffset keptSince) => InTurnAsync(async connection =>
    {
        var columns = samples.Select(FleetHistory.Values).ToList();
        await using var add = new NpgsqlCommand($"""
            INSERT INTO fleet_sample ({FleetHistory.Columns})
            SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[])
            ON CONFLICT DO NOTHING
            """, connection);
        add.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. columns.Select(values => (string)values[0]!)] });
        for (var i = 1; i < 8; i++)
            add.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. columns.Select(values => (long)values[i]!)] });
        var added = await add.ExecuteNonQueryAsync();
        await using var prune = new NpgsqlCommand("DELETE FROM fleet_sample WHERE at_us < $1", connection);
        prune.Parameters.Add(new NpgsqlParameter<long> { TypedValue = StoredTime.ToMicroseconds(keptSince) });
        await prune.ExecuteNonQueryAsync();
        return added;
    });

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        _turn.Dispose();
    }

    private async Task<int> InTurnAsync(Func<NpgsqlConnection, Task<int>> work)
    {
        await _turn.WaitAsync();
        try
        {
            return await work(await _session.GetAsync(CancellationToken.None));
        }
        catch (Exception exception) when (PostgresErrors.IsOfDatabase(exception))
        {
            await _session.ForgetAsync();
            throw PostgresErrors.Failed(exception);
        }
        finally
        {
            _turn.Release();
        }
    }

    private static async Task<bool> IsFirstAsync(NpgsqlConnection connection, long number)
    {
        await using var command = new NpgsqlCommand("SELECT pg_try_advisory_xact_lock($1)", connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = number });
        return (bool)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<(long Sequence, string Hash)> ReadLastAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(
            "SELECT sequence, hash FROM audit WHERE sequence IS NOT NULL ORDER BY sequence DESC LIMIT 1", connection);
        await using var row = await command.ExecuteReaderAsync();
        return await row.ReadAsync() ? (row.GetInt64(0), row.GetString(1)) : (0, AuditChain.Start);
    }

    private static async Task<List<(long Id, AuditRow Row)>> ReadUnsealedAsync(NpgsqlConnection connection, int limit)
    {
        await using var command = new NpgsqlCommand(
            $"SELECT {AuditColumns.All}, a.id FROM audit a WHERE a.sequence IS NULL ORDER BY a.id LIMIT $1", connection);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var row = await command.ExecuteReaderAsync();
        var rows = new List<(long, AuditRow)>();
        while (await row.ReadAsync())
            rows.Add((row.GetInt64(AuditColumns.Count), AuditColumns.Read(row)));
        return rows;
    }

    // Looks at the oldest rows only, by the key: times have no index of their own.
    private static async Task<int> PruneAsync(NpgsqlConnection connection, string table, string key, DateTimeOffset before, int limit)
    {
        await using var command = new NpgsqlCommand(
            $"DELETE FROM {table} WHERE ({key}) IN "
            + $"(SELECT {key} FROM (SELECT {key}, at_us FROM {table} ORDER BY {key} LIMIT $2) AS oldest WHERE at_us < $1)",
            connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = StoredTime.ToMicroseconds(before) });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        return await command.ExecuteNonQueryAsync();
    }
}
