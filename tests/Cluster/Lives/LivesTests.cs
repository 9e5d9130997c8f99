using System.Globalization;
using System.Text.Json.Nodes;
using SipGateway.LocalCluster;

namespace SipGateway.Cluster.Tests.Lives;

/// <summary>
/// Phones are claimed, enrolled, signed in, restarted, signed out and deleted while silos, edges and PostgreSQL are killed one after the other, and
/// at last all of them at once: nothing that was acknowledged is lost, and nothing happened twice.
/// </summary>
public sealed class LivesTests(ITestOutputHelper output)
{
    private const int SideBySide = 12;
    private static readonly int Count = Setting("SIPGATEWAY_TEST_LIVES", 48);
    private static readonly int Rounds = Setting("SIPGATEWAY_TEST_ROUNDS", 1);
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(Setting("SIPGATEWAY_TEST_AWAY_SECONDS", 5));
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Lives_UnderEveryFault_LoseNothingAndDoubleNothing()
    {
        await using var cluster = await TestCluster.StartAsync(phones: 100, restartPause: TimeSpan.FromSeconds(2));
        using var admin = new RetryingAdmin(cluster);
        await using var fleet = await LedgerFleet.StartAsync(cluster, 100, TimeSpan.FromSeconds(10));
        await admin.PostAsync($"v1/tenants/default/users?requestId={Guid.NewGuid()}", new { userId = Life.User, displayName = "Everybody" }, Patience);
        var ledger = new LifeLedger();
        using var throttle = new SemaphoreSlim(SideBySide);
        var lives = Task.WhenAll(Enumerable.Range(0, Count).Select(number => LiveAsync(new Life(cluster, admin, ledger, number), throttle)));

        for (var round = 0; round < Rounds; round++)
            await BreakAsync(cluster, fleet, round);
        await lives;

        var findings = LifeComparison.Findings(ledger, await BooksAsync(cluster, admin, ledger));
        output.WriteLine($"{Count} lives: {ledger.Acknowledged.Count} acknowledged actions, {ledger.Operations.Count} operations; phones were answered {fleet.Counts}");
        findings.Should().BeEmpty("the cluster said:\n{0}", cluster.Words);
        admin.Refusals.Should().BeEmpty();
        fleet.Counts.Seen.Should().BeSubsetOf([200, 401, 503]);
        fleet.Counts.BareRefusals.Should().Be(0);
    }

    private async Task BreakAsync(TestCluster cluster, LedgerFleet fleet, int round)
    {
        await BreatheAsync();
        await KillAsync(cluster.Silos[round % cluster.Silos.Count]);
        await BreatheAsync();
        await KillAsync(cluster.Edges[round % cluster.Edges.Count]);
        await BreatheAsync();
        await cluster.Postgres.StopAsync("immediate");
        await cluster.Postgres.StartAsync();
        await BreatheAsync();
        await cluster.Postgres.StopAsync();
        await Task.Delay(Away);
        await cluster.Postgres.StartAsync();
        await BreatheAsync();

        var everything = cluster.Silos.Concat(cluster.Edges).Append(cluster.Admin).ToList();
        var again = Task.WhenAll(everything.Select(KillAsync).Append(cluster.Postgres.StopAsync("immediate")));
        var killed = fleet.NowMs;
        await Task.Delay(TimeSpan.FromSeconds(0.5));
        await cluster.Postgres.StartAsync();
        await again;
        while (fleet.Phones.All(phone => phone.RegisteredAtMs < killed))
            await Task.Delay(50);
        output.WriteLine($"everything killed at once: first 200 after {fleet.NowMs - killed} ms, of which 2000 ms before anything was started again");
    }

    // As long as a fault's aftermath, so that lives go on between two.
    private static Task BreatheAsync() => Task.Delay(TimeSpan.FromSeconds(5));

    private static async Task KillAsync(Child child)
    {
        await TestCluster.SignalAsync(child, "KILL");
        await child.Ready.WaitAsync(Patience);
    }

    private static async Task LiveAsync(Life life, SemaphoreSlim throttle)
    {
        await throttle.WaitAsync();
        try
        {
            await life.LiveAsync();
        }
        finally
        {
            throttle.Release();
        }
    }

    private static async Task<LifeBooks> BooksAsync(TestCluster cluster, RetryingAdmin admin, LifeLedger ledger)
    {
        var states = new Dictionary<string, string>();
        await foreach (var device in PagesAsync(admin, "devices"))
        {
            if (ledger.States.ContainsKey((string)device["mac"]!))
                states[(string)device["mac"]!] = (string)device["state"]!;
        }

        var operations = new Dictionary<string, bool>();
        foreach (var name in ledger.Operations)
        {
            if (await admin.GetAsync("v1/" + name, Patience) is { } operation)
                operations[name] = (bool?)operation["done"] == true;
        }

        await using var database = cluster.Database();
        await using var count = database.CreateCommand("SELECT count(*) FROM audit WHERE sequence IS NULL");
        while ((long)(await count.ExecuteScalarAsync())! > 0)
            await Task.Delay(200);
        var (audit, sequences) = (new List<(string, string)>(), new List<long>());
        await using var command = database.CreateCommand("SELECT sequence, action, target, outcome FROM audit");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            sequences.Add(reader.GetInt64(0));
            var target = reader.GetString(2);
            if (reader.GetString(3) == "OK" && target.StartsWith("devices/", StringComparison.Ordinal) && ledger.States.ContainsKey(target["devices/".Length..]))
                audit.Add((target["devices/".Length..], reader.GetString(1)));
        }

        return new LifeBooks(states, audit, sequences, operations);
    }

    private static async IAsyncEnumerable<JsonNode> PagesAsync(RetryingAdmin admin, string collection)
    {
        var token = "";
        do
        {
            var page = await admin.GetAsync($"v1/tenants/default/{collection}?pageSize=100&pageToken={Uri.EscapeDataString(token)}", Patience);
            foreach (var item in page?[collection]?.AsArray() ?? [])
                yield return item!;
            token = (string?)page?["nextPageToken"] ?? "";
        }
        while (token.Length > 0);
    }

    private static int Setting(string name, int usual) => int.Parse(Environment.GetEnvironmentVariable(name) ?? $"{usual}", CultureInfo.InvariantCulture);
}
