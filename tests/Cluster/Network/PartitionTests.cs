namespace SipGateway.Cluster.Tests.Network;

/// <summary>Cables that are cut between silos.</summary>
[Collection<OneNetwork>]
public sealed class PartitionTests(NetworkCluster network, ITestOutputHelper output) : NetworkTest(network, output)
{
    private static readonly TimeSpan SplitLimit = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(false)]
    [InlineData(true, Explicit = true)]
    public async Task Silos_CutOffFromEachOther_OneLeavesAndPhonesAreServed(bool isOneWayOnly)
    {
        var cluster = Network.Cluster;
        var (one, other) = (Network.Hosts.Silos[0], Network.Hosts.Silos[1]);
        var processes = cluster.Silos.ConvertAll(silo => silo.ProcessId);
        await using var claims = new ClaimLedger(Network.Admin);
        var cut = Network.Fleet.NowMs;
        await ClusterHosts.CutAsync(one, other);
        if (!isOneWayOnly)
            await ClusterHosts.CutAsync(other, one);

        await NetworkCluster.UntilAsync(() => Task.FromResult(Gone() > 0), SplitLimit, "one of the two leaves");
        var leftAfter = Network.Fleet.NowMs - cut;
        var took = await Network.ProbeAsync(60, cut, SplitLimit);
        Output.WriteLine($"one left after {leftAfter} ms; slowest NOTIFY {took[^1]} ms after the cut; {Network.Fleet.Counts}");
        took.Should().OnlyContain(time => time != null);
        Gone().Should().Be(1, "at most one of the two leaves");
        cluster.Silos[2].ProcessId.Should().Be(processes[2], "who reaches both stays");

        // While the cable is cut it cannot join again; when it is whole it does, without anybody's help.
        await Network.Hosts.HealAsync();
        await Network.WholeAgainAsync();
        await Network.CheckLedgerAsync();
        (await claims.CheckAsync(cluster)).Should().BePositive();

        int Gone() => cluster.Silos.Take(2).Where((silo, i) => silo.ProcessId != processes[i]).Count();
    }
}
