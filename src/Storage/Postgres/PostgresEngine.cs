using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace SipGateway.Storage;

/// <summary>PostgreSQL: many processes, rows whose versions are checked.</summary>
internal sealed class PostgresEngine(NpgsqlDataSource source, StorageOptions options, TimeProvider time) : IStorageEngine, IReadRows
{
    // Without statistics, or with filters that hang together, the planner would rather sort the whole tenant.
    private static readonly string NoSorting = Without("enable_sort", "enable_incremental_sort", "enable_seqscan", "enable_bitmapscan");

    // It takes a page for few rows, for each of which it would look the contacts up; a hash of them all costs a fifth.
    // Compiling would cost more than the query.
    private static readonly string NoNesting = Without("enable_nestloop", "jit");

    private readonly PostgresWriter _writer = new(source, time);
    private readonly PostgresUpkeep _upkeep = new(source);
    private readonly PostgresReads<StateKey, StoredDocument?> _states = new(source, ReadStatesAsync);
    private readonly PostgresReads<string, List<(string Json, ContactRow Contact)>> _bindings = new(source, (connection, macs) => ReadSetsAsync(
        connection, macs, row => (row.GetString(1 + ContactColumns.Count), ContactColumns.Read(row, 1)), $"""
        SELECT k.place, {ContactColumns.All}, b.json FROM unnest($1::text[]) WITH ORDINALITY AS k(mac, place)
        JOIN binding b ON b.mac = k.mac JOIN contact c ON c.mac = b.mac AND c.binding_id = b.binding_id
        """));

    private readonly PostgresReads<string, List<ContactRow>> _contacts = new(source, (connection, macs) => ReadSetsAsync(
        connection, macs, row => ContactColumns.Read(row, 1),
        $"SELECT k.place, {ContactColumns.All} FROM unnest($1::text[]) WITH ORDINALITY AS k(mac, place) JOIN contact c ON c.mac = k.mac"));

    public SqlDialect Dialect { get; } = new PostgresDialect();

    public Task OpenAsync(CancellationToken cancellation) =>
        PostgresMigrations.ApplyAsync(source, options.Postgres!, options.DoesUpkeep, time.GetUtcNow(), cancellation);

    public async Task CloseAsync()
    {
        foreach (var part in (IAsyncDisposable[])[_writer, _upkeep, _states, _bindings, _contacts])
            await part.DisposeAsync();
    }

    public Task<StoredDocument?> ReadStateAsync(StateKey key, CancellationToken cancellation) => _states.ReadAsync(key, cancellation);

    public Task<WriteVerdict[]> CommitAsync(IReadOnlyList<WriteEntry> entries) => _writer.CommitAsync(entries);

    public Task<int> SealAuditAsync(int limit) => _upkeep.SealAsync(limit);

    public Task<int> PruneAsync(DateTimeOffset eventsBefore, DateTimeOffset changesBefore, DateTimeOffset revocationsBefore, int limit) =>
        _upkeep.PruneAsync(eventsBefore, changesBefore, revocationsBefore, limit);

    public Task<int> AddFleetSamplesAsync(IReadOnlyList<FleetSample> samples, DateTimeOffset keptSince) => _upkeep.AddSamplesAsync(samples, keptSince);

    public async Task<IReadOnlyList<(string Json, ContactRow Contact)>> ReadBindingsAsync(string mac, CancellationToken cancellation) =>
        await _bindings.ReadAsync(mac, cancellation);

    public async Task<IReadOnlyList<ContactRow>> ReadContactsAsync(string mac, CancellationToken cancellation) =>
        await _contacts.ReadAsync(mac, cancellation);

    public Task<List<T>> ReadAsync<T>(string sql, Func<DbDataReader, T> row, CancellationToken cancellation, params object?[] values) =>
        ReadAsync([Command(sql, values)], row, cancellation);

    public Task<List<T>> ReadAsync<T>(
        RowPlan plan, string sql, Func<DbDataReader, T> row, CancellationToken cancellation, params object?[] values) =>
        ReadAsync([new NpgsqlBatchCommand(plan == RowPlan.InOrder ? NoSorting : NoNesting), Command(sql, values)], row, cancellation);

    // For the one transaction that both statements of the batch make.
    private static string Without(params string[] settings) =>
        $"SELECT set_config(name, 'off', true) FROM unnest(ARRAY['{string.Join("', '", settings)}']) AS name";

    private async Task<List<T>> ReadAsync<T>(NpgsqlBatchCommand[] commands, Func<DbDataReader, T> row, CancellationToken cancellation)
    {
        try
        {
            await using var batch = source.CreateBatch();
            foreach (var command in commands)
                batch.BatchCommands.Add(command);
            await using var reader = await batch.ExecuteReaderAsync(cancellation);
            for (var i = 1; i < commands.Length; i++)
                await reader.NextResultAsync(cancellation);
            var found = new List<T>();
            while (await reader.ReadAsync(cancellation))
                found.Add(row(reader));
            return found;
        }
        catch (Exception exception) when (PostgresErrors.IsOfDatabase(exception))
        {
            throw PostgresErrors.NotRead(exception);
        }
    }

    private static NpgsqlBatchCommand Command(string sql, object?[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        return command;
    }

    private static async Task<StoredDocument?[]> ReadStatesAsync(NpgsqlConnection connection, IReadOnlyList<StateKey> keys)
    {
        await using var command = new NpgsqlCommand("""
            SELECT k.place, s.version, s.json FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS k(t, k, n, place)
            JOIN grain_state s ON s.grain_type = k.t AND s.grain_key = k.k AND s.state_name = k.n
            """, connection);
        command.Parameters.Add(Texts(keys.Select(key => key.GrainType)));
        command.Parameters.Add(Texts(keys.Select(key => key.Key)));
        command.Parameters.Add(Texts(keys.Select(key => key.StateName)));
        var documents = new StoredDocument?[keys.Count];
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
            documents[row.GetInt64(0) - 1] = new StoredDocument(row.GetInt64(1), row.IsDBNull(2) ? null : row.GetString(2));
        return documents;
    }

    private static async Task<List<T>[]> ReadSetsAsync<T>(
        NpgsqlConnection connection, IReadOnlyList<string> macs, Func<DbDataReader, T> read, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(Texts(macs));
        var sets = macs.Select(_ => new List<T>()).ToArray();
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
            sets[row.GetInt64(0) - 1].Add(read(row));
        return sets;
    }

    private static NpgsqlParameter<string[]> Texts(IEnumerable<string> values) =>
        new() { TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}
