using System.Net;
using Npgsql;
using Orleans.Configuration;
using Orleans.Hosting;

namespace SipGateway.Silo;

/// <summary>Where a silo of a cluster is.</summary>
/// <param name="Bind">The address it listens on.</param>
/// <param name="Silo">What other silos are told.</param>
/// <param name="Gateway">What clients are told.</param>
public sealed record SiloEndpoints(IPAddress Bind, IPEndPoint Silo, IPEndPoint Gateway);

/// <summary>How a silo joins others, and how soon one that is gone is known to be.</summary>
public static class ClusterMembership
{
    // Three probes, two voices. Orleans stretches the time of a probe up to fourfold by what it has seen: a silo that is stopped is out in
    // some six seconds, one that was killed sooner (measured), and one whose collector pauses for three stays in.
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromMilliseconds(500);
    private const int MissedProbes = 3;
    private const int Votes = 2;

    // News of membership is gossiped; the table is read for whom gossip missed.
    private static readonly TimeSpan TableRefresh = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AlivePeriod = TimeSpan.FromSeconds(5);

    // Rows of silos that are gone tell operators what happened; a day is enough.
    private static readonly TimeSpan KeepDefunct = TimeSpan.FromDays(1);

    /// <summary>Membership in PostgreSQL, through the host's <see cref="NpgsqlDataSource"/>.</summary>
    public static void JoinCluster(this ISiloBuilder silo, SiloEndpoints endpoints)
    {
        silo.UseAdoNetClustering(clustering => clustering
            .Configure<NpgsqlDataSource>((options, database) => (options.Invariant, options.DataSource) = ("Npgsql", database)));
        silo.Configure<EndpointOptions>(o =>
        {
            o.AdvertisedIPAddress = endpoints.Silo.Address;
            o.SiloPort = endpoints.Silo.Port;
            o.GatewayPort = endpoints.Gateway.Port;
            o.SiloListeningEndpoint = new IPEndPoint(endpoints.Bind, endpoints.Silo.Port);
            o.GatewayListeningEndpoint = new IPEndPoint(endpoints.Bind, endpoints.Gateway.Port);
        });
        silo.Configure<ClusterMembershipOptions>(o =>
        {
            o.ProbeTimeout = ProbeTimeout;
            o.NumMissedProbesLimit = MissedProbes;
            o.NumVotesForDeathDeclaration = Votes;
            o.TableRefreshTimeout = TableRefresh;
            o.IAmAliveTablePublishTimeout = AlivePeriod;
            o.DefunctSiloExpiration = KeepDefunct;
        });
    }
}
