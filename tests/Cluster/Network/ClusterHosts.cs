using SipGateway.LocalCluster;

namespace SipGateway.Cluster.Tests.Network;

/// <summary>A host for PostgreSQL and for each silo and edge of a cluster; the admin API is where its administrator is.</summary>
public sealed class ClusterHosts : IAsyncDisposable
{
    private ClusterHosts(TestNetwork network, NetworkNamespace postgres, NetworkNamespace[] silos, NetworkNamespace[] edges) =>
        (Network, Postgres, Silos, Edges) = (network, postgres, silos, edges);

    public TestNetwork Network { get; }

    public NetworkNamespace Postgres { get; }

    public NetworkNamespace[] Silos { get; }

    public NetworkNamespace[] Edges { get; }

    public PostgresPlace PostgresPlace => LocalCluster.PostgresPlace.Here with { Address = Postgres.Address, Inside = Postgres.Inside };

    public static async Task<ClusterHosts> CreateAsync()
    {
        var network = await TestNetwork.CreateAsync();
        try
        {
            var postgres = await network.AddAsync("postgres");
            var silos = new NetworkNamespace[TestCluster.SiloCount];
            for (var i = 0; i < silos.Length; i++)
                silos[i] = await network.AddAsync($"silo{i}");
            var edges = new NetworkNamespace[TestCluster.EdgeCount];
            for (var i = 0; i < edges.Length; i++)
                edges[i] = await network.AddAsync($"edge{i}");
            return new ClusterHosts(network, postgres, silos, edges);
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    /// <summary>What comes from one host is lost on its way to the other.</summary>
    public static Task CutAsync(NetworkNamespace from, NetworkNamespace to) => to.DropFromAsync(from.Address);

    /// <summary>Nothing comes through between two hosts.</summary>
    public static async Task CutBothWaysAsync(NetworkNamespace one, NetworkNamespace other)
    {
        await CutAsync(one, other);
        await CutAsync(other, one);
    }

    /// <summary>Every cable is whole.</summary>
    public async Task HealAsync()
    {
        foreach (var host in Silos.Concat(Edges).Append(Postgres))
            await host.HealAsync();
    }

    public ValueTask DisposeAsync() => Network.DisposeAsync();

    internal Dictionary<string, string> OfSilo(Dictionary<string, string> options, int number) =>
        With(options, ("silo-bind", Silos[number]), ("ops-bind", Silos[number]));

    // The first edge's address is the domain of all phones, as a name would be.
    internal Dictionary<string, string> OfEdge(Dictionary<string, string> options, int number) =>
        With(options, ("bind", Edges[number]), ("public-host", Edges[number]), ("sip-domain", Edges[0]), ("ops-bind", Edges[number]));

    private static Dictionary<string, string> With(Dictionary<string, string> options, params (string Name, NetworkNamespace Host)[] addresses)
    {
        foreach (var (name, host) in addresses)
            options[name] = host.Address.ToString();
        return options;
    }
}
