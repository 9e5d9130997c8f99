using System.Text.Json.Nodes;

namespace SipGateway.Cluster.Tests.Lives;

/// <summary>Lives that go on beside phones that only refresh, while something is done to the cluster; and what must hold of them afterwards.</summary>
internal sealed class LifeRun : IAsyncDisposable
{
    private const int Phones = 100;
    private const int SideBySide = 12;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TestCluster _cluster;
    private readonly RetryingAdmin _admin;
    private readonly LifeLedger _ledger = new();
    private readonly SemaphoreSlim _throttle = new(SideBySide);
    private Task _lives = Task.CompletedTask;

    private LifeRun(TestCluster cluster, RetryingAdmin admin, LedgerFleet fleet) => (_cluster, _admin, Fleet) = (cluster, admin, fleet);

    /// <summary>Phones that refresh.</summary>
    public LedgerFleet Fleet { get; }

    /// <summary>Begins so many lives in a cluster that was started with a hundred phones.</summary>
    public static async Task<LifeRun> StartAsync(TestCluster cluster, int count)
    {
        var admin = new RetryingAdmin(cluster);
        var run = new LifeRun(cluster, admin, await LedgerFleet.StartAsync(cluster, Phones, TimeSpan.FromSeconds(5)));
        await admin.PostAsync($"v1/tenants/default/users?requestId={Guid.NewGuid()}", new { userId = Life.User, displayName = "Everybody" }, Patience);
        run._lives = Task.WhenAll(Enumerable.Range(0, count).Select(number => run.LiveAsync(new Life(cluster, admin, run._ledger, number))));
        return run;
    }

    /// <summary>Waits for the lives' ends; nothing that was acknowledged may be lost, nothing may have happened twice, and no phone was refused.</summary>
    /// <returns>What a person may want to know.</returns>
    public async Task<string> CheckAsync()
    {
        await _lives;
        var findings = LifeComparison.Findings(_ledger, await BooksAsync(_cluster, _admin, _ledger));
        findings.Should().BeEmpty("the cluster said:\n{0}", _cluster.Words);
        _admin.Refusals.Should().BeEmpty();
        Fleet.Counts.Seen.Should().BeSubsetOf([200, 401, 503]);
        Fleet.Counts.BareRefusals.Should().Be(0);
        return $"{_ledger.States.Count} lives: {_ledger.Acknowledged.Count} acknowledged actions, {_ledger.Operations.Count} operations; phones were answered {Fleet.Counts}";
    }

    public async ValueTask DisposeAsync()
    {
        await Fleet.DisposeAsync();
        _admin.Dispose();
        _throttle.Dispose();
    }

    private async Task LiveAsync(Life life)
    {
        await _throttle.WaitAsync();
        try
        {
            await life.LiveAsync();
        }
        finally
        {
            _throttle.Release();
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
}
