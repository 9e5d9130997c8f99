using System.Text.Json.Nodes;

namespace SipGateway.Cluster.Tests.Faults;

/// <summary>Silos and edges are added and taken away while phones refresh: nothing else is restarted for it, and no phone notices.</summary>
public sealed class ScalingTests(ITestOutputHelper output)
{
    private const int PhoneCount = 300;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task SilosAndEdges_AddedAndTakenAway_NothingElseIsRestarted()
    {
        await using var cluster = await TestCluster.StartAsync(PhoneCount + 1);
        try
        {
            await using var fleet = await LedgerFleet.StartAsync(cluster, PhoneCount, TimeSpan.FromSeconds(5));
            using var admin = new RetryingAdmin(cluster);
            var (silos, edges, adminApi) = (Ids(cluster.Silos), Ids(cluster.Edges), cluster.Admin.ProcessId);

            await cluster.AddSiloAsync();
            var edge = await cluster.AddEdgeAsync();
            await UntilListedAsync(admin, "silos", 4);
            await UntilListedAsync(admin, "edges", 3);
            using var newcomer = new Network.LonePhone(PhoneCount, cluster, edge);
            (await newcomer.RegisterUntilDoneAsync(Patience)).Should().BeTrue("the new edge serves phones at once");
            Ids(cluster.Silos[..3]).Should().Equal(silos);
            Ids(cluster.Edges[..2]).Should().Equal(edges);

            await Task.WhenAll(cluster.Silos[0].DisposeAsync().AsTask(), cluster.Edges[2].DisposeAsync().AsTask());
            await UntilListedAsync(admin, "silos", 3);
            await UntilListedAsync(admin, "edges", 2);
            var since = fleet.NowMs;
            while (fleet.Phones.Any(phone => phone.RegisteredAtMs <= since))
            {
                (fleet.NowMs - since).Should().BeLessThan(30_000, "all phones are registered on");
                await Task.Delay(50);
            }

            Ids(cluster.Silos[1..3]).Should().Equal(silos[1..]);
            Ids(cluster.Edges[..2]).Should().Equal(edges);
            cluster.Admin.ProcessId.Should().Be(adminApi);
            output.WriteLine($"{fleet.Counts}");
            fleet.Counts.Seen.Should().BeSubsetOf([200, 401, 503]);
            fleet.Counts.BareRefusals.Should().Be(0);
            var took = await Reachability.MeasureAsync(fleet, admin, fleet.Phones[..50], fleet.NowMs, TimeSpan.FromSeconds(10));
            took.Should().OnlyContain(time => time != null && time <= 4_000);
        }
        catch
        {
            output.WriteLine(cluster.Words);
            throw;
        }
    }

    private static int[] Ids(IEnumerable<LocalCluster.Child> children) => [.. children.Select(child => child.ProcessId)];

    private static async Task UntilListedAsync(RetryingAdmin admin, string collection, int count)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (await CountAsync(admin, collection) is var seen && seen != count)
        {
            TimeProvider.System.GetElapsedTime(began).Should().BeLessThan(Patience, "{0} {1} are listed, not {2}", count, collection, seen);
            await Task.Delay(200);
        }
    }

    private static async Task<int> CountAsync(RetryingAdmin admin, string collection)
    {
        var list = await admin.GetAsync("v1/" + collection, Patience);
        return list?[collection]?.AsArray().Count(item => IsActive(item!)) ?? 0;
    }

    private static bool IsActive(JsonNode item) => item["status"] is not { } status || string.Equals((string?)status, "Active", StringComparison.OrdinalIgnoreCase);
}
