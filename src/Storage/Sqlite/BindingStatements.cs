using Microsoft.Data.Sqlite;

namespace SipGateway.Storage;

/// <summary>Writes bindings, each only where its row is still the one that its grain knows.</summary>
internal sealed class BindingStatements(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement _insert = new(connection,
        "INSERT INTO binding (mac, binding_id, generation, json) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING", 4);

    private readonly SqliteStatement _update = new(connection,
        "UPDATE binding SET generation = $3, json = $4 WHERE mac = $1 AND binding_id = $2 AND generation = $5", 5);

    private readonly SqliteStatement _delete = new(connection,
        "DELETE FROM binding WHERE mac = $1 AND binding_id = $2 AND generation = $3", 3);

    private readonly SqliteStatement _generation = new(connection, "SELECT generation FROM binding WHERE mac = $1 AND binding_id = $2", 2);

    // A binding that stays what it was must not go back behind a refresh that came meanwhile.
    private readonly SqliteStatement _contact = new(connection, """
        INSERT INTO contact (mac, binding_id, generation, expires_us, last_seen_us, source) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (mac, binding_id) DO UPDATE SET generation = excluded.generation, expires_us = excluded.expires_us,
            last_seen_us = excluded.last_seen_us, source = excluded.source
        WHERE excluded.generation <> contact.generation OR excluded.last_seen_us >= contact.last_seen_us
        """, 6);

    private readonly SqliteStatement _deleteContact = new(connection, "DELETE FROM contact WHERE mac = $1 AND binding_id = $2", 2);

    /// <summary>Writes what changed.</summary>
    /// <returns>Null when all of it could be.</returns>
    public WriteVerdict.VersionLost? Write(string mac, StateEffects effects)
    {
        foreach (var (id, generation) in effects.RemovedBindings)
        {
            if (_delete.Execute(mac, id, generation) == 0)
                return Lost(mac, id);
            _deleteContact.Execute(mac, id);
        }

        foreach (var row in effects.Bindings)
        {
            if (!Write(row))
                return Lost(mac, row.Contact.BindingId);
        }

        return null;
    }

    public void Dispose()
    {
        foreach (var part in (SqliteStatement[])[_insert, _update, _delete, _generation, _contact, _deleteContact])
            part.Dispose();
    }

    private bool Write(BindingRow row)
    {
        var contact = row.Contact;
        var written = row.ReplacedGeneration == 0
            ? _insert.Execute(contact.Mac, contact.BindingId, contact.Generation, row.Json)
            : _update.Execute(contact.Mac, contact.BindingId, contact.Generation, row.Json, row.ReplacedGeneration);
        if (written == 0)
            return false;
        _contact.Execute(contact.Mac, contact.BindingId, contact.Generation, StoredTime.ToMicroseconds(contact.ExpiresAtUtc),
            StoredTime.ToMicroseconds(contact.LastSeenAtUtc), contact.Source);
        return true;
    }

    private WriteVerdict.VersionLost Lost(string mac, string id) => new(_generation.Number(mac, id) ?? 0);
}
