using System.Net;
using SipGateway.Sip;

namespace SipGateway.Cluster.Tests.Network;

/// <summary>Cables that are cut between PostgreSQL and those who need it.</summary>
[Collection<OneNetwork>]
public sealed class DatabaseCutTests(NetworkCluster network, ITestOutputHelper output) : NetworkTest(network, output)
{
    private const long MaxGrowthBytes = 150L * 1024 * 1024;
    private const int MaxThreads = 150;

    [Fact]
    public async Task Database_BlackHoled_RefreshesAreAnsweredAndWritesGetLater()
    {
        var (cluster, fleet) = (Network.Cluster, Network.Fleet);
        var processes = cluster.Silos.ConvertAll(silo => silo.ProcessId);
        var before = processes.ConvertAll(ProcessStatus.ResidentBytes);
        await using var claims = new ClaimLedger(Network.Admin);
        await Network.Hosts.Postgres.DropAllAsync();
        var cut = fleet.NowMs;

        // Who is new must be written down first, and is told to come later before it gives up.
        using var spare = Network.NextSpare();
        var answer = await spare.RegisterAsync(TimeSpan.FromSeconds(32));
        answer?.StatusCode.Should().Be(503);
        answer!.GetText(SipHeaderName.RetryAfter).Should().NotBeNull();
        var toldAfter = fleet.NowMs - cut;
        await Task.Delay(NetworkCluster.CutTime - TimeSpan.FromMilliseconds(fleet.NowMs - cut) is { Ticks: > 0 } rest ? rest : TimeSpan.Zero);

        fleet.Phones.Should().OnlyContain(phone => phone.RegisteredAtMs > cut, "refreshes are answered under their leases");
        var grown = processes.Select((id, i) => ProcessStatus.ResidentBytes(id) - before[i]).Max();
        var threads = processes.Max(ProcessStatus.Threads);
        await Network.Hosts.HealAsync();
        var healed = fleet.NowMs;
        var took = await Network.ProbeAsync(40, healed, TimeSpan.FromSeconds(20));
        Output.WriteLine(
            $"503 after {toldAfter} ms; silos grew by {grown >> 20} MB, {threads} threads; slowest NOTIFY {took[^1]} ms after it was back; {fleet.Counts}");
        took.Should().OnlyContain(time => time != null && time <= 15_000);
        grown.Should().BeLessThan(MaxGrowthBytes);
        threads.Should().BeLessThan(MaxThreads);
        cluster.Silos.ConvertAll(silo => silo.ProcessId).Should().Equal(processes, "a database that nobody reaches is no reason to leave");
        (await spare.RegisterAsync(TimeSpan.FromSeconds(10)))!.StatusCode.Should().Be(200);
        await Network.WholeAgainAsync();
        await Network.CheckLedgerAsync();
        await claims.CheckAsync(cluster);
    }

    [Fact]
    public async Task Database_LostByOneSilo_ItLeavesAndPhonesAreServedByOthers()
    {
        var (cluster, fleet) = (Network.Cluster, Network.Fleet);
        var silo = cluster.Silos[1];
        var (process, others) = (silo.ProcessId, new[] { cluster.Silos[0].ProcessId, cluster.Silos[2].ProcessId });
        await using var claims = new ClaimLedger(Network.Admin);
        (await Network.ReadyAsync(1)).Should().Be(HttpStatusCode.OK);
        await ClusterHosts.CutBothWaysAsync(Network.Hosts.Silos[1], Network.Hosts.Postgres);
        var cut = fleet.NowMs;

        var took = Network.ProbeAsync(120, cut, TimeSpan.FromSeconds(20));
        await NetworkCluster.UntilAsync(async () => await Network.ReadyAsync(1) != HttpStatusCode.OK, TimeSpan.FromSeconds(10), "it says that it is not ready");
        var redAfter = fleet.NowMs - cut;
        await NetworkCluster.UntilAsync(() => Task.FromResult(silo.ProcessId != process), TimeSpan.FromSeconds(20), "it leaves");
        var leftAfter = fleet.NowMs - cut;

        Output.WriteLine($"not ready after {redAfter} ms, gone after {leftAfter} ms; slowest NOTIFY {(await took)[^1]} ms after the cut; {fleet.Counts}");
        (await took).Should().OnlyContain(time => time != null && time <= 20_000, "its phones are served by others, an order that got lost meanwhile being given again");
        leftAfter.Should().BeLessThan(12_000);
        new[] { cluster.Silos[0].ProcessId, cluster.Silos[2].ProcessId }.Should().Equal(others);
        await Network.Hosts.HealAsync();
        await Network.WholeAgainAsync();
        await Network.CheckLedgerAsync();
        (await claims.CheckAsync(cluster)).Should().BePositive();
    }
}
