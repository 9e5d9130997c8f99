using Npgsql;

namespace SipGateway.Storage.Tests.Postgres;

public sealed class MigrationTests
{
    private readonly TestEngine _engine = TestEngine.Postgres;

    [Fact]
    public async Task Open_ByFiveProcessesAtOnce_MigratesOnce()
    {
        var place = _engine.NewPlace();
        var storages = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _engine.OpenAsync(place)));

        await storages[0].PutAsync("a", "x");
        (await storages[4].ReadAsync("a")).State.Note.Should().Be("x");

        foreach (var storage in storages)
            await storage.DisposeAsync();
        await _engine.RemoveAsync(place);
    }

    [Fact]
    public async Task Open_NewerSchema_IsRefusedUnlessItSaysThatThisVersionCanLiveWithIt()
    {
        await using var storage = await _engine.OpenAsync();
        await _engine.TamperAsync(storage, "INSERT INTO schema_version VALUES (999, '0999-future.sql', 0, 999)");
        var open = () => _engine.OpenAsync(storage.Place);

        await open.Should().ThrowAsync<StorageStartException>().WithMessage("*999*newer version*");

        await _engine.TamperAsync(storage, "UPDATE schema_version SET readable_from = 1 WHERE number = 999");
        await (await open()).DisposeAsync();
    }

    [Fact]
    public async Task Open_NoServer_SaysSo()
    {
        var open = () => _engine.OpenAsync("Host=127.0.0.1;Port=1;Database=x;Username=y;Password=geheim");

        var told = await open.Should().ThrowAsync<StorageStartException>().WithMessage("The database cannot be used*Check that it runs*");
        told.Which.ToString().Should().NotContain("geheim");
    }

    [Fact]
    public async Task Open_DatabaseOfAnotherEncoding_SaysSo()
    {
        var server = await PostgresServer.GetAsync();
        var place = _engine.NewPlace();
        await server.ExecuteAsync($"CREATE DATABASE {place} ENCODING 'LATIN1' TEMPLATE template0 LOCALE 'C'");
        var open = () => _engine.OpenAsync(place);

        await open.Should().ThrowAsync<StorageStartException>().WithMessage("*LATIN1*UTF8*");

        await server.DropDatabaseAsync(place);
    }

    [Fact]
    public async Task Roles_EachMayDoItsPartAndNoMore()
    {
        var server = await PostgresServer.GetAsync();
        await server.ExecuteAsync("""
            CREATE ROLE sipgateway_owner LOGIN;
            CREATE ROLE sipgateway_silo LOGIN;
            CREATE ROLE sipgateway_admin LOGIN;
            CREATE ROLE sipgateway_edge LOGIN
            """);
        var place = _engine.NewPlace();
        await server.ExecuteAsync($"CREATE DATABASE {place} OWNER sipgateway_owner");
        var silo = new PostgresOptions { ConnectionString = server.ConnectionString(place, "sipgateway_silo") };
        var behind = () => OpenAsync(silo);
        await behind.Should().ThrowAsync<StorageStartException>().WithMessage("*role may not change it*migration database*");

        await using (var first = await OpenAsync(silo with { MigrationConnectionString = server.ConnectionString(place, "sipgateway_owner") }))
        {
            await first.PutAsync("a", "x", new StateEffects { Audit = [Rows.Audit("a")], Revocations = [new RevocationRow("", "a", 1)] });
            await StorageUnderTest.UntilAsync(
                () => first.Get<IAuditReader>().ListAsync("t1", 10, null, default), page => page.Items.Length == 1);
        }

        await using var later = await OpenAsync(silo);
        (await later.ReadAsync("a")).State.Note.Should().Be("x");
        await ShouldBeDeniedAsync(server, place, "sipgateway_silo", "UPDATE audit SET outcome = 'x'", "DELETE FROM audit", "DROP TABLE device",
            "DELETE FROM orleansquery");
        await ShouldBeDeniedAsync(server, place, "sipgateway_admin", "UPDATE grain_state SET json = ''", "DELETE FROM device", "DELETE FROM setting");
        await ShouldBeDeniedAsync(server, place, "sipgateway_edge", "SELECT * FROM grain_state", "SELECT * FROM setting", "SELECT * FROM cluster_silo",
            "INSERT INTO device_event (tenant) VALUES ('')");
        await server.ExecuteAsync("SELECT * FROM cluster_gateways('c', 3)", place, "sipgateway_edge");
        await server.ExecuteAsync("SELECT sipgateway_key_ring()", place, "sipgateway_edge");
        await later.DisposeAsync();
        await server.DropDatabaseAsync(place);
    }

    [Fact]
    public async Task Open_RestoredFromADump_ForgetsFeedsOfTheFormerLife()
    {
        await using var storage = await _engine.OpenAsync();
        await _engine.TamperAsync(storage, "INSERT INTO change (transaction, grain_type, grain_key, version, at_us) VALUES (1000000000000, 'device', 'old', 1, 0)");

        await using var again = await _engine.OpenAsync(storage.Place);
        await again.PutAsync("new", "x");

        var changes = await StorageUnderTest.UntilAsync(() => again.Get<IChangeFeed>().ReadAsync(0, 10, default), rows => rows.Count > 0);
        changes.Should().ContainSingle().Which.Key.Should().Be("new");
    }

    private static Task<StorageUnderTest> OpenAsync(PostgresOptions options) =>
        StorageUnderTest.OpenAsync(TestEngine.Postgres, "", isOwner: false, new StorageOptions { Postgres = options }, null, null);

    private static async Task ShouldBeDeniedAsync(PostgresServer server, string place, string role, params string[] statements)
    {
        foreach (var statement in statements)
        {
            var run = () => server.ExecuteAsync(statement, place, role);
            (await run.Should().ThrowAsync<PostgresException>()).Which.SqlState.Should().Be(PostgresErrorCodes.InsufficientPrivilege, statement);
        }
    }
}
