namespace SipGateway.Cluster.Tests.Network;

/// <summary>Cables that are cut between silos.</summary>
[Collection<OneNetwork>]
public sealed class PartitionTests : IAsyncDisposable
{
    private static readonly TimeSpan SplitLimit = TimeSpan.FromSeconds(30);

    private readonly NetworkCluster _network;
    private readonly ITestOutputHelper _output;

    public PartitionTests(NetworkCluster network, ITestOutputHelper output)
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

    [Theory]
    [InlineData(false)]
    [InlineData(true, Explicit = true)]
    public async Task Silos_CutOffFromEachOther_OneLeavesAndPhonesAreServed(bool isOneWayOnly)
    {
        var cluster = _network.Cluster;
        var (one, other) = (_network.Hosts.Silos[0], _network.Hosts.Silos[1]);
        var processes = cluster.Silos.ConvertAll(silo => silo.ProcessId);
        await using var claims = new ClaimLedger(_network.Admin);
        var cut = _network.Fleet.NowMs;
        await ClusterHosts.CutAsync(one, other);
        if (!isOneWayOnly)
            await ClusterHosts.CutAsync(other, one);

        await NetworkCluster.UntilAsync(() => Task.FromResult(Gone() > 0), SplitLimit, "one of the two leaves");
        var leftAfter = _network.Fleet.NowMs - cut;
        var took = await _network.ProbeAsync(60, cut, SplitLimit);
        _output.WriteLine($"one left after {leftAfter} ms; slowest NOTIFY {took[^1]} ms after the cut; {_network.Fleet.Counts}");
        took.Should().OnlyContain(time => time != null);
        Gone().Should().Be(1, "at most one of the two leaves");
        cluster.Silos[2].ProcessId.Should().Be(processes[2], "who reaches both stays");

        // While the cable is cut it cannot join again; when it is whole it does, without anybody's help.
        await _network.Hosts.HealAsync();
        await _network.WholeAgainAsync();
        await _network.CheckLedgerAsync();
        (await claims.CheckAsync(cluster)).Should().BePositive();

        int Gone() => cluster.Silos.Take(2).Where((silo, i) => silo.ProcessId != processes[i]).Count();
    }
}
