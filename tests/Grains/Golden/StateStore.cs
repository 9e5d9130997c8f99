using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Storage;
using SipGateway.Storage;

namespace SipGateway.Grains.Tests;

/// <summary>The real storage on a file of its own, and the text it keeps.</summary>
internal sealed class StateStore : IAsyncDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("sipgw-golden-");
    private readonly ServiceProvider services;

    public StateStore() => services = new ServiceCollection()
        .AddSipGatewayStorage(new StorageOptions { DataDirectory = directory.FullName })
        .BuildServiceProvider();

    private IGrainStorage Provider => services.GetRequiredKeyedService<IGrainStorage>(StorageNames.Provider);

    public async Task<string> WriteAsync<T>(string type, string key, T state)
        where T : StoredState
    {
        await services.GetRequiredService<IStorageLifetime>().InitializeAsync();
        await Provider.WriteStateAsync(type, GrainId.Create(type, key), new GrainState<T>(state));
        return await SqlAsync("SELECT json FROM grain_state", null);
    }

    public async Task<T> ReadAsync<T>(string type, string key, string json)
        where T : StoredState
    {
        await SqlAsync("UPDATE grain_state SET json = $json; SELECT ''", json);
        var read = new GrainState<T>();
        await Provider.ReadStateAsync(type, GrainId.Create(type, key), read);
        return read.State!;
    }

    /// <summary>The database as an earlier version left it; then it is opened by this one.</summary>
    public async Task BeginWithSchemaAsync(int schema, string sql, string json)
    {
        var scripts = typeof(StorageOptions).Assembly;
        foreach (var name in scripts.GetManifestResourceNames().Where(n => n.StartsWith("Migrations/", StringComparison.Ordinal)).Order().Take(schema))
        {
            using var script = new StreamReader(scripts.GetManifestResourceStream(name)!);
            await SqlAsync(await script.ReadToEndAsync() + "; SELECT ''", null);
        }

        await SqlAsync("CREATE TABLE schema_version (number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_us INTEGER NOT NULL); SELECT ''", null);
        await SqlAsync($"WITH RECURSIVE n(i) AS (SELECT 1 UNION SELECT i + 1 FROM n WHERE i < {schema}) INSERT INTO schema_version SELECT i, '', 0 FROM n; SELECT ''", null);
        await SqlAsync(sql + "; SELECT ''", json);
        await services.GetRequiredService<IStorageLifetime>().InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        directory.Delete(recursive: true);
    }

    public async Task<string> SqlAsync(string sql, string? json = null)
    {
        var file = Path.Combine(directory.FullName, "gateway.db");
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$json", (object?)json ?? DBNull.Value);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
