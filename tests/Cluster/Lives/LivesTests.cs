using System.Globalization;
using SipGateway.LocalCluster;

namespace SipGateway.Cluster.Tests.Lives;

/// <summary>
/// Phones are claimed, enrolled, signed in, restarted, signed out and deleted while silos, edges and PostgreSQL are killed one after the other, and
/// at last all of them at once: nothing that was acknowledged is lost, and nothing happened twice.
/// </summary>
public sealed class LivesTests(ITestOutputHelper output)
{
    private static readonly int Count = Setting("SIPGATEWAY_TEST_LIVES", 48);
    private static readonly int Rounds = Setting("SIPGATEWAY_TEST_ROUNDS", 1);
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(Setting("SIPGATEWAY_TEST_AWAY_SECONDS", 5));
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Lives_UnderEveryFault_LoseNothingAndDoubleNothing()
    {
        await using var cluster = await TestCluster.StartAsync(phones: 100, restartPause: TimeSpan.FromSeconds(2));
        await using var run = await LifeRun.StartAsync(cluster, Count);

        for (var round = 0; round < Rounds; round++)
            await BreakAsync(cluster, run.Fleet, round);

        output.WriteLine(await run.CheckAsync());
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

    private static int Setting(string name, int usual) => int.Parse(Environment.GetEnvironmentVariable(name) ?? $"{usual}", CultureInfo.InvariantCulture);
}
