namespace SipGateway.Cluster.Tests.Network;

/// <summary>A test on the one network that all of them share: whatever came of it, the next one finds it whole.</summary>
public abstract class NetworkTest : IAsyncDisposable
{
    private protected NetworkTest(NetworkCluster network, ITestOutputHelper output)
    {
        Assert.SkipWhen(TestNetwork.Refusal is not null, TestNetwork.Refusal ?? "");
        (Network, Output) = (network, output);
    }

    private protected NetworkCluster Network { get; }

    private protected ITestOutputHelper Output { get; }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Network?.Cluster is null)
            return;
        Network.SetWires(WireFaults.None);
        await Network.Hosts.HealAsync();
        if (TestContext.Current.TestState?.Result == TestResult.Failed)
        {
            Output.WriteLine(Network.Cluster.Words);
            await Network.WholeAgainAsync();
        }
    }
}
