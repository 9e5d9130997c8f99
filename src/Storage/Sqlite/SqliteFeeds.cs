using System.Text.Json;

namespace SipGateway.Storage;

/// <summary>Reads what others follow: changes, revocations, due work. SQLite has one writer, so what is read is complete up to its
/// newest row.</summary>
internal sealed class SqliteFeeds(SqliteEngine engine) : IChangeFeed, IRevocationReader, IDueReader
{
    Task<IReadOnlyList<Change>> IChangeFeed.ReadAsync(long afterSequence, int limit, CancellationToken cancellation) =>
        engine.Readers.QueryAsync<IReadOnlyList<Change>>(
            session => session.Read(
                "SELECT sequence, grain_type, grain_key, version, at_us FROM change WHERE sequence > $1 ORDER BY sequence LIMIT $2",
                row => new Change(
                    row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt64(3), StoredTime.FromMicroseconds(row.GetInt64(4))),
                afterSequence, limit),
            cancellation);

    Task<long> IChangeFeed.ReadNewestSequenceAsync(CancellationToken cancellation) => engine.Readers.QueryAsync(
        session => session.Read("SELECT COALESCE(MAX(sequence), 0) FROM change", row => row.GetInt64(0))[0], cancellation);

    Task<IReadOnlyList<Revocation>> IRevocationReader.ReadAsync(string edge, long afterSequence, int limit,
        CancellationToken cancellation) =>
        engine.Readers.QueryAsync<IReadOnlyList<Revocation>>(
            session => session.Read(
                "SELECT sequence, edge, mac, version, at_us FROM revocation "
                + "WHERE sequence > $1 AND edge IN ('', $2) ORDER BY sequence LIMIT $3",
                row => new Revocation(
                    row.GetInt64(0),
                    new RevocationRow(row.GetString(1), row.GetString(2), row.GetInt64(3)),
                    StoredTime.FromMicroseconds(row.GetInt64(4))),
                afterSequence, edge, limit),
            cancellation);

    public Task<long> ReadNewestSequenceAsync(CancellationToken cancellation) => engine.Readers.QueryAsync(
        session => session.Read("SELECT COALESCE(MAX(sequence), 0) FROM revocation", row => row.GetInt64(0))[0], cancellation);

    Task<IReadOnlyList<DueGrain>> IDueReader.ReadAsync(
        IReadOnlyCollection<int> shards, DateTimeOffset now, int limit, CancellationToken cancellation) =>
        engine.Readers.QueryAsync<IReadOnlyList<DueGrain>>(
            session => session.Read(
                """
                SELECT grain_type, grain_key, due_us FROM due INDEXED BY due_by_shard
                WHERE shard IN (SELECT value FROM json_each($1)) AND due_us <= $2 ORDER BY due_us LIMIT $3
                """,
                row => new DueGrain(row.GetString(0), row.GetString(1), StoredTime.FromMicroseconds(row.GetInt64(2))),
                JsonSerializer.Serialize(shards), StoredTime.ToMicroseconds(now), limit),
            cancellation);
}
