using SipGateway.Storage;
using SipGateway.Trust;

namespace SipGateway.Hosting;

/// <summary>What makes a process one of a cluster.</summary>
public sealed record ClusterAccess
{
    /// <summary>Names, defaults and words.</summary>
    public static readonly IReadOnlyList<KnownOption> Known =
    [
        new("cluster-id", "sipgateway", "Names the cluster; the same for all of its processes."),
        new("database-file", "", "File with the connection string of the cluster's PostgreSQL. Or put it into SIPGATEWAY_DATABASE."),
        new("master-key-file", "", "File with the key that opens the cluster's key ring. Or put it into SIPGATEWAY_MASTER_KEY."),
        new("cluster-certificate", "", "PEM file with the certificate and key that this process shows to others of the cluster."),
        new("cluster-ca", "", "PEM file with the certificate of the cluster's own CA."),
    ];

    /// <summary>Names the cluster.</summary>
    public required string ClusterId { get; init; }

    /// <summary>The database.</summary>
    public required PostgresOptions Database { get; init; }

    /// <summary>Opens the key ring; base64.</summary>
    public required string MasterKey { get; init; }

    /// <summary>What this process shows to others of the cluster, and whom it believes; null: connections between them are in clear.</summary>
    public ClusterCertificates? Certificates { get; init; }

    /// <summary>Names the cluster, never its secrets.</summary>
    public override string ToString() => $"{nameof(ClusterAccess)} {ClusterId}";
}

/// <summary>Where a process without an administrators' side has health and metrics.</summary>
public sealed record OpsSideOptions
{
    /// <summary>Names, defaults and words.</summary>
    public static readonly IReadOnlyList<KnownOption> Known =
    [
        new("ops-bind", "127.0.0.1", "The address of health and metrics."),
        new("ops-port", "5082", "Health and metrics."),
    ];

    /// <summary>The address. Default: 127.0.0.1.</summary>
    public required System.Net.IPAddress Bind { get; init; }

    /// <summary>The port. Default: 5082.</summary>
    public required int Port { get; init; }
}

/// <summary>Reads the options of a process of a cluster.</summary>
public abstract class ClusterOptionsReader(HostArguments arguments) : SideOptionsReader(arguments)
{
    /// <summary>Health and metrics.</summary>
    protected OpsSideOptions OpsSide() => new() { Bind = Address("ops-bind"), Port = Port("ops-port") };

    /// <summary>What makes it one of the cluster.</summary>
    /// <param name="migrationDatabase">The connection string of the role that owns the schema; empty: the process does not change it.</param>
    protected ClusterAccess Cluster(string migrationDatabase = "")
    {
        var database = new PostgresOptions
        {
            ConnectionString = Secret("database-file", "SIPGATEWAY_DATABASE", "The cluster's database"),
            MigrationConnectionString = migrationDatabase,
        };
        if (database.ConnectionString.Length > 0)
        {
            Wrong(database.Validate());
        }

        var masterKey = Secret("master-key-file", "SIPGATEWAY_MASTER_KEY", "The cluster's master key");
        if (masterKey.Length > 0 && SealedKeyRing.FaultOf(masterKey) is { } fault)
        {
            Wrong(fault);
        }

        if (Text("cluster-id").Length is 0 or > 64)
        {
            Wrong("cluster-id", "is no name of a cluster. Give one to 64 characters.");
        }

        return new ClusterAccess
        {
            ClusterId = Text("cluster-id"), Database = database, MasterKey = masterKey, Certificates = Certificates(),
        };
    }

    private ClusterCertificates? Certificates()
    {
        var certificate = ExistingFile("cluster-certificate", "Give a PEM file that holds the certificate and its key.");
        var ca = ExistingFile("cluster-ca", "Give a PEM file with the certificate of the cluster's CA.");
        if ((certificate.Length == 0) != (ca.Length == 0))
        {
            Wrong("--cluster-certificate and --cluster-ca belong together: give both, or neither on a machine of its own.");
        }

        if (certificate.Length == 0 || ca.Length == 0 || !File.Exists(certificate) || !File.Exists(ca))
        {
            return null;
        }

        try
        {
            return ClusterCertificates.Open(certificate, ca, TimeProvider.System);
        }
        catch (StartException e)
        {
            Wrong(e.Message);
            return null;
        }
    }
}
