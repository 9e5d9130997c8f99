using Microsoft.Data.Sqlite;

namespace SipGateway.Storage;

/// <summary>Gives committed audit rows their place in the chain. SQLite commits one writer after the other, so the ids are the
/// order.</summary>
internal sealed class SealStatements(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement _last = new(connection,
        "SELECT sequence, audit_id, hash FROM audit_sealed ORDER BY sequence DESC LIMIT 1");

    private readonly SqliteStatement _unsealed = new(connection,
        $"SELECT {AuditColumns.All}, a.id FROM audit a WHERE a.id > $1 ORDER BY a.id LIMIT $2", 2);

    private readonly SqliteStatement _seal = new(connection, "INSERT INTO audit_sealed (sequence, audit_id, hash) VALUES ($1, $2, $3)", 3);

    public int Seal(int limit)
    {
        var (sequence, auditId, hash) = _last.Read(row =>
            (row.GetInt64(0), row.GetInt64(1), row.GetString(2))).SingleOrDefault((0, 0, AuditChain.Start));
        var rows = _unsealed.Read(row => (Id: row.GetInt64(AuditColumns.Count), Row: AuditColumns.Read(row)), auditId, limit);
        foreach (var (id, row) in rows)
        {
            sequence++;
            hash = AuditChain.HashOf(hash, sequence, row);
            _seal.Execute(sequence, id, hash);
        }

        return rows.Count;
    }

    public void Dispose()
    {
        _last.Dispose();
        _unsealed.Dispose();
        _seal.Dispose();
    }
}
