namespace SipGateway.Storage;

/// <summary>
/// Reads what others follow. Sequence numbers are numbers of transactions: whatever is below the oldest one that still runs is complete,
/// and rows of one transaction come together.
/// </summary>
internal sealed class PostgresFeeds(PostgresEngine engine) : IChangeFeed, IRevocationReader, IDueReader
{
    private const string Oldest = "pg_snapshot_xmin(pg_current_snapshot())::text::bigint";

    async Task<IReadOnlyList<Change>> IChangeFeed.ReadAsync(long afterSequence, int limit, CancellationToken cancellation) =>
        await engine.ReadAsync(
            $"""
            SELECT transaction, grain_type, grain_key, version, at_us FROM (
                SELECT * FROM change WHERE transaction > $1 AND transaction < (SELECT {Oldest})
                ORDER BY transaction FETCH FIRST $2 ROWS WITH TIES) AS complete
            ORDER BY transaction, id
            """,
            row => new Change(
                row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt64(3), StoredTime.FromMicroseconds(row.GetInt64(4))),
            cancellation, afterSequence, limit);

    // A revocation is not held back by a transaction that runs for long: it is read at once, and once more when its turn has come.
    async Task<IReadOnlyList<Revocation>> IRevocationReader.ReadAsync(
        string edge, long afterSequence, int limit, CancellationToken cancellation) => await engine.ReadAsync(
            $"""
            SELECT turn, edge, mac, version, at_us FROM (
                SELECT *, LEAST(transaction, (SELECT {Oldest}) - 1) AS turn FROM revocation WHERE transaction > $1 AND edge IN ('', $2)
                ORDER BY turn FETCH FIRST $3 ROWS WITH TIES) AS next
            ORDER BY turn, transaction, id
            """,
            row => new Revocation(
                row.GetInt64(0),
                new RevocationRow(row.GetString(1), row.GetString(2), row.GetInt64(3)),
                StoredTime.FromMicroseconds(row.GetInt64(4))),
            cancellation, afterSequence, edge, limit);

    public async Task<long> ReadNewestSequenceAsync(CancellationToken cancellation) =>
        (await engine.ReadAsync($"SELECT {Oldest} - 1", row => row.GetInt64(0), cancellation))[0];

    async Task<IReadOnlyList<DueGrain>> IDueReader.ReadAsync(
        IReadOnlyCollection<int> shards, DateTimeOffset now, int limit, CancellationToken cancellation) => await engine.ReadAsync(
            "SELECT grain_type, grain_key, due_us FROM due WHERE shard = ANY($1) AND due_us <= $2 ORDER BY due_us LIMIT $3",
            row => new DueGrain(row.GetString(0), row.GetString(1), StoredTime.FromMicroseconds(row.GetInt64(2))),
            cancellation, shards.ToArray(), StoredTime.ToMicroseconds(now), limit);
}
