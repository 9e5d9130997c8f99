namespace SipGateway.Storage;

/// <summary>What was moved of one table.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Rows">How many rows are there, the same on both sides.</param>
/// <param name="Digest">SHA-256 over all of them, the same on both sides; lower-case hex.</param>
public sealed record MovedRows(string Table, long Rows, string Digest);

/// <summary>Moves the database of an embedded gateway into a cluster's PostgreSQL: resumable, and proved row by row.</summary>
public sealed class DataMove(PostgresOptions target, TimeProvider time)
{
    // One transaction each: a move that is cut short loses so much work, and nothing else.
    private const int RowsAtOnce = 2000;

    /// <summary>Moves what is not there yet, then compares both sides whole. A move that was cut short goes on where it was.</summary>
    /// <param name="dataDirectory">The gateway's data directory; the gateway must be stopped. Nothing in it is changed but the schema.</param>
    /// <param name="progress">Told after every batch: table and rows so far.</param>
    /// <param name="cancellation">Cuts it short.</param>
    /// <exception cref="StorageStartException">It cannot begin: a gateway runs, the database holds another's rows, or cannot be used.</exception>
    /// <exception cref="StorageFailedException">It failed on the way, or both sides differ; run it again.</exception>
    public async Task<IReadOnlyList<MovedRows>> RunAsync(
        string dataDirectory, Action<string, long> progress, CancellationToken cancellation)
    {
        using var source = MoveSource.Open(Path.GetFullPath(dataDirectory), time.GetUtcNow());
        // The role that owns the schema writes every table.
        var owner = target.MigrationConnectionString.Length == 0 ? target : target with { ConnectionString = target.MigrationConnectionString };
        await using var data = PostgresDataSource.CreateForMigrations(owner);
        await PostgresMigrations.ApplyAsync(data, owner, doesUpkeep: true, time.GetUtcNow(), cancellation);
        try
        {
            var destination = new MoveTarget(data);
            await destination.BeginAsync(source.PageKey, cancellation);
            foreach (var table in MovedTable.All)
                await MoveAsync(source, destination, table, progress, cancellation);
            var moved = new List<MovedRows>();
            foreach (var table in MovedTable.All)
                moved.Add(await CompareAsync(source, destination, table, cancellation));
            await destination.FinishAsync(cancellation);
            return moved;
        }
        catch (Exception exception) when (PostgresErrors.IsOfDatabase(exception))
        {
            throw new StorageFailedException($"The move was cut short: {exception.Message} Run it again: it goes on where it was.", exception);
        }
    }

    private static async Task MoveAsync(
        MoveSource source, MoveTarget target, MovedTable table, Action<string, long> progress, CancellationToken cancellation)
    {
        var after = await target.ReadProgressAsync(table, cancellation);
        var count = 0L;
        while (source.Read(table, after, RowsAtOnce) is { Count: > 0 } rows)
        {
            await target.WriteAsync(table, rows, cancellation);
            after = [.. rows[^1].Take(table.Key.Length)];
            progress(table.Name, count += rows.Count);
        }
    }

    private static async Task<MovedRows> CompareAsync(
        MoveSource source, MoveTarget target, MovedTable table, CancellationToken cancellation)
    {
        using var digest = new RowDigest();
        object?[]? after = null;
        while (source.Read(table, after, RowsAtOnce) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
                digest.Add(row);
            after = [.. rows[^1].Take(table.Key.Length)];
        }

        var here = digest.Finish();
        var (count, there) = await target.DigestAsync(table, cancellation);
        return count == digest.Count && there == here
            ? new MovedRows(table.Name, count, there)
            : throw new StorageFailedException(
                $"Table {table.Name} has {digest.Count} rows here and {count} there, or other ones: something else writes to that database. "
                + "Move into an empty one that nobody uses yet.");
    }
}
