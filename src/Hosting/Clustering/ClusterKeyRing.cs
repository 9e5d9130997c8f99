using Npgsql;
using SipGateway.Trust;

namespace SipGateway.Hosting;

/// <summary>The key ring that a cluster shares through its database.</summary>
public static class ClusterKeyRing
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    /// <summary>Reads the ring; the first process of the cluster makes it.</summary>
    /// <exception cref="StartException">The database cannot be asked.</exception>
    /// <exception cref="InvalidDataException">The master key is another.</exception>
    public static async Task<KeyRing> LoadOrCreateAsync(NpgsqlDataSource database, string masterKey)
    {
        try
        {
            return await OfferAsync(database, KeyRing.Create(), masterKey);
        }
        catch (NpgsqlException e)
        {
            throw new StartException($"The cluster's key ring cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Gives a cluster the ring of the embedded gateway that is moved into it; a second call changes nothing.</summary>
    /// <exception cref="StartException">The cluster has another ring already.</exception>
    public static async Task MoveAsync(NpgsqlDataSource database, KeyRing ring, string masterKey)
    {
        var there = await OfferAsync(database, ring, masterKey);
        if (!there.Keys.Select(k => (k.Id, Convert.ToHexString(k.Material.AsSpan())))
            .SequenceEqual(ring.Keys.Select(k => (k.Id, Convert.ToHexString(k.Material.AsSpan())))))
        {
            throw new StartException(
                "The cluster has a key ring of its own already, which opens none of the moved passwords. Move into a database that no silo has used.");
        }
    }

    /// <summary>Reads the ring by the one question that an edge may ask, again and again until there is one.</summary>
    /// <param name="database">The database.</param>
    /// <param name="masterKey">Opens the ring.</param>
    /// <param name="time">The clock.</param>
    /// <param name="tell">Told why it waits, once.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="InvalidDataException">The master key is another.</exception>
    public static async Task<KeyRing> WaitForAsync(
        NpgsqlDataSource database, string masterKey, TimeProvider time, Action<string> tell, CancellationToken cancellation)
    {
        var isTold = false;
        while (true)
        {
            string reason;
            try
            {
                if (await ReadAsync(database) is { } found)
                {
                    return SealedKeyRing.Open(found, masterKey);
                }

                reason = "no silo has made it yet";
            }
            catch (NpgsqlException e)
            {
                reason = e.Message;
            }

            if (!isTold)
            {
                tell($"waiting for the cluster's key ring: {reason}");
                isTold = true;
            }

            await Task.Delay(RetryPause, time, cancellation);
        }
    }

    // Whoever comes first makes it.
    private static async Task<KeyRing> OfferAsync(NpgsqlDataSource database, KeyRing ring, string masterKey)
    {
        await using (var insert = database.CreateCommand("INSERT INTO setting (name, value) VALUES ('key-ring', $1) ON CONFLICT DO NOTHING"))
        {
            insert.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = SealedKeyRing.Seal(ring, masterKey) });
            await insert.ExecuteNonQueryAsync();
        }

        return SealedKeyRing.Open((await ReadAsync(database))!, masterKey);
    }

    private static async Task<byte[]?> ReadAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("SELECT sipgateway_key_ring()");
        return await command.ExecuteScalarAsync() as byte[];
    }
}
