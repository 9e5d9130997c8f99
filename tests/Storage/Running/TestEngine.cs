using Microsoft.Extensions.DependencyInjection;

[assembly: Xunit.AssemblyFixture(typeof(SipGateway.Storage.Tests.PostgresEnd))]

namespace SipGateway.Storage.Tests;

/// <summary>The database under test; every test of the port runs on each.</summary>
public abstract class TestEngine
{
    public static readonly TestEngine Sqlite = new OnSqlite();
    public static readonly TestEngine Postgres = new OnPostgres();

    /// <summary>Where a database is, in a word that can be handed to another process.</summary>
    public abstract string NewPlace();

    /// <summary>The options for a database at this place, made when missing.</summary>
    public abstract Task<StorageOptions> OptionsAsync(string place);

    /// <summary>Removes the database.</summary>
    public abstract Task RemoveAsync(string place);

    /// <summary>Changes rows behind the storage's back.</summary>
    internal abstract Task TamperAsync(StorageUnderTest storage, string sql);

    internal async Task<StorageUnderTest> OpenAsync(
        string? place = null, Func<StorageOptions, StorageOptions>? configure = null, TimeProvider? time = null,
        Action<IServiceCollection>? services = null)
    {
        var where = place ?? NewPlace();
        var options = await OptionsAsync(where);
        return await StorageUnderTest.OpenAsync(this, where, place is null, configure?.Invoke(options) ?? options, time, services);
    }

    public static TestEngine Of(string place) => place.StartsWith('/') ? Sqlite : Postgres;

    private sealed class OnSqlite : TestEngine
    {
        public override string NewPlace() => StorageUnderTest.NewDirectory();

        public override Task<StorageOptions> OptionsAsync(string place) => Task.FromResult(new StorageOptions { DataDirectory = place });

        public override Task RemoveAsync(string place)
        {
            Directory.Delete(place, recursive: true);
            return Task.CompletedTask;
        }

        internal override Task TamperAsync(StorageUnderTest storage, string sql) => storage.Get<SqliteEngine>().Writer.RunAsync(session =>
        {
            using var command = session.Connection.CreateCommand();
            command.CommandText = sql;
            return command.ExecuteNonQuery();
        });
    }

    private sealed class OnPostgres : TestEngine
    {
        public override string NewPlace() => "t" + Guid.NewGuid().ToString("n");

        public override async Task<StorageOptions> OptionsAsync(string place)
        {
            // A whole connection string comes from another process.
            if (place.Contains('='))
                return new StorageOptions { Postgres = new PostgresOptions { ConnectionString = place } };
            var server = await PostgresServer.GetAsync();
            await server.EnsureDatabaseAsync(place);
            return new StorageOptions { Postgres = new PostgresOptions { ConnectionString = server.ConnectionString(place) } };
        }

        public override async Task RemoveAsync(string place) => await (await PostgresServer.GetAsync()).DropDatabaseAsync(place);

        internal override async Task TamperAsync(StorageUnderTest storage, string sql) =>
            await (await PostgresServer.GetAsync()).ExecuteAsync(sql, storage.Place);
    }
}
