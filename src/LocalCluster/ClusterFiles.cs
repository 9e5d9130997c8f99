using System.Net;
using System.Security.Cryptography;
using System.Text;
using SipGateway.Hosting;
using SipGateway.Trust;

namespace SipGateway.LocalCluster;

/// <summary>The files that a cluster's processes are started with: secrets, each its owner's alone, and certificates.</summary>
public sealed class ClusterFiles
{
    /// <summary>The roles, by what they are for.</summary>
    public static readonly string[] Roles = ["owner", "silo", "admin", "edge"];

    private ClusterFiles(string root) => Root = root;

    /// <summary>The directory.</summary>
    public string Root { get; }

    /// <summary>PostgreSQL's directory.</summary>
    public string Postgres => Path.Combine(Root, "postgres");

    /// <summary>Opens the cluster's key ring.</summary>
    public string MasterKey => Path.Combine(Root, "master.key");

    /// <summary>The administrators' key; the admin API makes it.</summary>
    public string AdminKey => Path.Combine(Root, "admin.key");

    /// <summary>The private CA's certificate.</summary>
    public string CaCertificate => Path.Combine(Root, "ca.crt");

    /// <summary>Certificate and key that every edge and the admin API show.</summary>
    public string ServerPem => Path.Combine(Root, "server.pem");

    /// <summary>The certificate of the CA that processes believe each other by; phones know nothing of it.</summary>
    public string ClusterCa => Path.Combine(Root, "cluster", "ca.crt");

    /// <summary>What a process of this role shows to the others.</summary>
    public string ClusterCertificate(ClusterRole role) => Path.Combine(Root, "cluster", role == ClusterRole.Silo ? "silo.pem" : "client.pem");

    /// <summary>What PostgreSQL shows: issued by the same CA, and naming no role, so that it opens no silo.</summary>
    public PostgresCertificate PostgresCertificate => new(Path.Combine(Root, "cluster", "server.crt"), Path.Combine(Root, "cluster", "server.key"), ClusterCa);

    /// <summary>The connection string of a role.</summary>
    public string Database(string role) => Path.Combine(Root, $"database-{role}.txt");

    /// <summary>Makes what is not there yet.</summary>
    /// <param name="root">The directory.</param>
    /// <param name="publicHost">What phones are told.</param>
    /// <param name="databaseHost">Where PostgreSQL is reached.</param>
    /// <exception cref="StartException">The directory cannot be made or written.</exception>
    public static ClusterFiles Open(string root, string publicHost, string databaseHost = "127.0.0.1")
    {
        var directory = DataDirectory.Open(root);

        // The server may run as another user, who has to get through to its own part. Every file here has its own mode.
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(root, File.GetUnixFileMode(root) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }

        var files = new ClusterFiles(root);
        if (!File.Exists(files.MasterKey))
        {
            SecretFile.Write(files.MasterKey, Encoding.ASCII.GetBytes(SealedKeyRing.NewMasterKey() + "\n"));
        }

        var ca = PrivateCa.LoadOrCreate(directory, TimeProvider.System);
        using var server = ca.LoadOrCreateServer(publicHost);
        SecretFile.Write(files.ServerPem, Encoding.ASCII.GetBytes(File.ReadAllText(directory.ServerCertificate) + File.ReadAllText(directory.ServerKey)));
        var cluster = PrivateCa.LoadOrCreate(DataDirectory.Open(Path.Combine(root, "cluster")), TimeProvider.System);
        foreach (var role in Enum.GetValues<ClusterRole>())
        {
            cluster.WriteClusterCertificate(files.ClusterCertificate(role), role);
        }

        cluster.LoadOrCreateServer(databaseHost).Dispose();

        return files;
    }

    /// <summary>Makes the roles and the database, with new passwords at each start.</summary>
    public async Task PrepareDatabaseAsync(PrivatePostgres server, string database = "sipgateway")
    {
        foreach (var role in Roles)
        {
            var (name, password) = ("sipgateway_" + role, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)));
            await server.ExecuteAsync(
                $"DO $$ BEGIN CREATE ROLE {name} LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$; ALTER ROLE {name} PASSWORD '{password}'");
            SecretFile.Write(Database(role), Encoding.ASCII.GetBytes(server.ConnectionString(database, name, password) + "\n"));
        }

        try
        {
            await server.ExecuteAsync($"CREATE DATABASE {database} OWNER sipgateway_owner");
        }
        catch (Npgsql.PostgresException e) when (e.SqlState == Npgsql.PostgresErrorCodes.DuplicateDatabase)
        {
            // Made at an earlier start.
        }
    }

    /// <summary>Where a listener on a wildcard is reached from this machine.</summary>
    public static IPAddress Local(IPAddress bind) =>
        bind.Equals(IPAddress.Any) ? IPAddress.Loopback : bind.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : bind;
}
