using System.Globalization;
using Npgsql;

namespace SipGateway.Storage;

/// <summary>Finds out why one entry did not win: whose version, whose key.</summary>
internal static class PostgresLosses
{
    /// <summary>The verdict; null when nothing stands against the entry any more.</summary>
    public static async Task<WriteVerdict?> FindAsync(NpgsqlConnection connection, WriteEntry entry)
    {
        var (key, expected, effects) = entry switch
        {
            StateEntry state => (state.StateKey, state.ExpectedVersion, state.Effects),
            EffectsEntry held => (held.StateKey, held.Version, held.Effects),
            _ => throw new InvalidOperationException($"An entry without a version cannot lose: {entry.GetType().Name}."),
        };
        var version = await NumberAsync(
            connection, "SELECT version FROM grain_state WHERE grain_type = $1 AND grain_key = $2 AND state_name = $3",
            key.GrainType, key.Key, key.StateName);
        if (version != expected)
            return new WriteVerdict.VersionLost(version);
        return await FindKeyAsync(connection, key, effects) ?? await FindBindingAsync(connection, key.Key, effects);
    }

    private static async Task<WriteVerdict?> FindKeyAsync(NpgsqlConnection connection, StateKey key, StateEffects effects)
    {
        foreach (var unique in effects.TakenKeys)
        {
            await using var command = Command(
                connection, "SELECT owner_type, owner FROM unique_key WHERE kind = $1 AND key = $2", unique.Kind, unique.Key);
            await using var reader = await command.ExecuteReaderAsync();
            if (await reader.ReadAsync() && (reader.GetString(0), reader.GetString(1)) is var owner && owner != (key.GrainType, key.Key))
                return new WriteVerdict.KeyTaken(unique, owner.Item2);
        }

        return null;
    }

    private static async Task<WriteVerdict?> FindBindingAsync(NpgsqlConnection connection, string mac, StateEffects effects)
    {
        var expected = effects.RemovedBindings.Select(row => (Id: row.BindingId, row.Generation))
            .Concat(effects.Bindings.Select(row => (Id: row.Contact.BindingId, Generation: row.ReplacedGeneration)));
        foreach (var (id, generation) in expected.DistinctBy(row => row.Id))
        {
            var stored = await NumberAsync(connection, "SELECT generation FROM binding WHERE mac = $1 AND binding_id = $2", mac, id);
            if (stored != generation)
                return new WriteVerdict.VersionLost(stored);
        }

        return null;
    }

    private static async Task<long> NumberAsync(NpgsqlConnection connection, string sql, params string[] values)
    {
        await using var command = Command(connection, sql, values);
        return Convert.ToInt64(await command.ExecuteScalarAsync() ?? 0L, CultureInfo.InvariantCulture);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params ReadOnlySpan<string> values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = value });
        return command;
    }
}
