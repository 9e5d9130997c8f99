using System.Security.Cryptography;
using Npgsql;
using SipGateway.Trust;

namespace SipGateway.Hosting;

/// <summary>The key of signed calls as the cluster's database keeps its half.</summary>
public static class ClusterCallKey
{
    /// <summary>Reads it; the first process of the cluster makes it. An edge's role can do neither.</summary>
    /// <exception cref="StartException">The database cannot be asked.</exception>
    public static async Task<CallSignature> LoadOrCreateAsync(NpgsqlDataSource database, string masterKey)
    {
        try
        {
            await using var insert = database.CreateCommand("INSERT INTO setting (name, value) VALUES ('call-salt', $1) ON CONFLICT DO NOTHING");
            insert.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = RandomNumberGenerator.GetBytes(CallSignature.SaltLength) });
            await insert.ExecuteNonQueryAsync();
            await using var read = database.CreateCommand("SELECT value FROM setting WHERE name = 'call-salt'");
            return CallSignature.Create(masterKey, (byte[])(await read.ExecuteScalarAsync())!);
        }
        catch (NpgsqlException e)
        {
            throw new StartException($"The key of calls inside the cluster cannot be read: {e.Message}", e);
        }
    }
}
