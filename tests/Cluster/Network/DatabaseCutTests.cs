using System.Net;
using SipGateway.Sip;

namespace SipGateway.Cluster.Tests.Network;

/// <summary>Cables that are cut between PostgreSQL and those who need it.</summary>
[Collection<OneNetwork>]
public sealed class DatabaseCutTests : IAsyncDisposable
{
    private const long MaxGrowthBytes = 150L * 1024 * 1024;
    private const int MaxThreads = 150;

    private readonly NetworkCluster _network;
    private readonly ITestOutputHelper _output;

    public DatabaseCutTests(NetworkCluster network, ITestOutputHelper output)
    {
        Assert.SkipWhen(TestNetwork.Refusal is not null, TestNetwork.Refusal ?? "");
        (_network, _output) = (network, output);
    }

    public async ValueTask DisposeAsync()
    {
        if (_network.Cluster is null)
            return;
        await _network.Hosts.HealAsync();
        if (TestContext.Current.TestState?.Result == TestResult.Failed)
            _output.WriteLine(_network.Cluster.Words);
    }

    [Fact]
    public async Task Database_BlackHoled_RefreshesAreAnsweredAndWritesGetLater()
    {
        var (cluster, fleet) = (_network.Cluster, _network.Fleet);
        var processes = cluster.Silos.ConvertAll(silo => silo.ProcessId);
        var before = processes.ConvertAll(ProcessStatus.ResidentBytes);
        await using var claims = new ClaimLedger(_network.Admin);
        await _network.Hosts.Postgres.DropAllAsync();
        var cut = fleet.NowMs;

        // Who is new must be written down first, and is told to come later before it gives up.
        using var spare = _network.NextSpare();
        var answer = await spare.RegisterAsync(TimeSpan.FromSeconds(32));
        answer?.StatusCode.Should().Be(503);
        answer!.GetText(SipHeaderName.RetryAfter).Should().NotBeNull();
        var toldAfter = fleet.NowMs - cut;
        await Task.Delay(NetworkCluster.CutTime - TimeSpan.FromMilliseconds(fleet.NowMs - cut) is { Ticks: > 0 } rest ? rest : TimeSpan.Zero);

        fleet.Phones.Should().OnlyContain(phone => phone.RegisteredAtMs > cut, "refreshes are answered under their leases");
        var grown = processes.Select((id, i) => ProcessStatus.ResidentBytes(id) - before[i]).Max();
        var threads = processes.Max(ProcessStatus.Threads);
        await _network.Hosts.HealAsync();
        var healed = fleet.NowMs;
        var took = await _network.ProbeAsync(40, healed, TimeSpan.FromSeconds(20));
        _output.WriteLine(
            $"503 after {toldAfter} ms; silos grew by {grown >> 20} MB, {threads} threads; slowest NOTIFY {took[^1]} ms after it was back; {fleet.Counts}");
        took.Should().OnlyContain(time => time != null && time <= 15_000);
        grown.Should().BeLessThan(MaxGrowthBytes);
        threads.Should().BeLessThan(MaxThreads);
        cluster.Silos.ConvertAll(silo => silo.ProcessId).Should().Equal(processes, "a database that nobody reaches is no reason to leave");
        (await spare.RegisterAsync(TimeSpan.FromSeconds(10)))!.StatusCode.Should().Be(200);
        await _network.WholeAgainAsync();
        await _network.CheckLedgerAsync();
        await claims.CheckAsync(cluster);
    }

    [Fact]
    public async Task Database_LostByOneSilo_ItLeavesAndPhonesAreServedByOthers()
    {
        var (cluster, fleet) = (_network.Cluster, _network.Fleet);
        var silo = cluster.Silos[1];
        var (process, others) = (silo.ProcessId, new[] { cluster.Silos[0].ProcessId, cluster.Silos[2].ProcessId });
        await using var claims = new ClaimLedger(_network.Admin);
        (await _network.ReadyAsync(1)).Should().Be(HttpStatusCode.OK);
        await ClusterHosts.CutBothWaysAsync(_network.Hosts.Silos[1], _network.Hosts.Postgres);
        var cut = fleet.NowMs;

        var took = _network.ProbeAsync(120, cut, TimeSpan.FromSeconds(20));
        await NetworkCluster.UntilAsync(async () => await _network.ReadyAsync(1) != HttpStatusCode.OK, TimeSpan.FromSeconds(10), "it says that it is not ready");
        var redAfter = fleet.NowMs - cut;
        await NetworkCluster.UntilAsync(() => Task.FromResult(silo.ProcessId != process), TimeSpan.FromSeconds(20), "it leaves");
        var leftAfter = fleet.NowMs - cut;

        _output.WriteLine($"not ready after {redAfter} ms, gone after {leftAfter} ms; slowest NOTIFY {(await took)[^1]} ms after the cut; {fleet.Counts}");
        (await took).Should().OnlyContain(time => time != null && time <= 12_000, "its phones are served by others, an order that got lost meanwhile being given again after three seconds");
        leftAfter.Should().BeLessThan(8_000);
        new[] { cluster.Silos[0].ProcessId, cluster.Silos[2].ProcessId }.Should().Equal(others);
        await _network.Hosts.HealAsync();
        await _network.WholeAgainAsync();
        await _network.CheckLedgerAsync();
        (await claims.CheckAsync(cluster)).Should().BePositive();
    }
}
