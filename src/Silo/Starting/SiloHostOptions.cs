using System.Net;
using System.Net.Sockets;
using SipGateway.Grains.Devices;
using SipGateway.Hosting;

namespace SipGateway.Silo;

/// <summary>What a silo process is started with.</summary>
internal sealed record SiloHostOptions
{
    /// <summary>Which cluster.</summary>
    public required ClusterAccess Cluster { get; init; }

    /// <summary>Where health and metrics are.</summary>
    public required OpsSideOptions Ops { get; init; }

    /// <summary>Where tokens of Entra users are cached.</summary>
    public required string DataDir { get; init; }

    /// <summary>The address it listens on.</summary>
    public required IPAddress Bind { get; init; }

    /// <summary>The address others are told.</summary>
    public required IPAddress Advertised { get; init; }

    /// <summary>Silo to silo. Default: 11111; 0 is any.</summary>
    public required int SiloPort { get; init; }

    /// <summary>Clients. Default: 30000; 0 is any.</summary>
    public required int GatewayPort { get; init; }

    /// <summary>How long a restart may take until it is judged.</summary>
    public required TimeSpan RestartDeadline { get; init; }

    /// <summary>Models and the firmware they need. Default: the table that comes with the gateway.</summary>
    public CompatibilityTable Compatibility { get; init; } = CompatibilityTable.BuiltIn;

    /// <summary>Where the admin API answers people.</summary>
    public required Uri SignInAuthority { get; init; }

    /// <summary>PEM file with the CA to trust there; empty: the system's alone.</summary>
    public required string SignInCa { get; init; }

    /// <summary>Where people are sent; empty: <c>/signin</c> at the authority.</summary>
    public required string SignInUrl { get; init; }
}

/// <summary>Turns the options' text into values and reports everything that is wrong at once.</summary>
internal sealed class SiloHostOptionsReader(HostArguments arguments) : ClusterOptionsReader(arguments)
{
    /// <summary>The options, or every error as a sentence of its own.</summary>
    public (SiloHostOptions? Options, IReadOnlyList<string> Errors) Read()
    {
        var bind = Address("silo-bind");
        var authority = SecureUrl("signin-authority", "Codes and tokens travel there.");
        var cluster = Cluster(Secret("migration-database-file", "SIPGATEWAY_MIGRATION_DATABASE", what: null));
        CheckPlaintext(bind, cluster);
        var options = new SiloHostOptions
        {
            Ops = OpsSide(),
            Cluster = cluster,
            DataDir = Path.GetFullPath(Text("data-dir")),
            Bind = bind,
            Advertised = Advertised(bind),
            SiloPort = Port("silo-port"),
            GatewayPort = Port("silo-gateway-port"),
            RestartDeadline = Seconds("restart-deadline", 86_400, "desk phones boot in one to two minutes."),
            Compatibility = CompatibilityOption.Read(Text(CompatibilityOption.Name), why => Wrong(CompatibilityOption.Name, why)),
            SignInAuthority = Uri.TryCreate(authority, UriKind.Absolute, out var uri) ? uri : new Uri("https://localhost/"),
            SignInCa = ExistingFile("signin-ca", "Give a PEM file with the certificate of the CA."),
            SignInUrl = SecureUrl("signin-url", "People type passwords there."),
        };
        return (Errors.Count == 0 ? options : null, Errors);
    }

    // Whoever reaches a silo's port in clear can call every grain.
    private void CheckPlaintext(IPAddress bind, ClusterAccess cluster)
    {
        if (Text("cluster-plaintext") is not ("yes" or "no"))
        {
            Wrong("cluster-plaintext", "is neither yes nor no.");
        }

        if (!IPAddress.IsLoopback(bind) && cluster.Certificates is null && Text("cluster-plaintext") != "yes" && Text("cluster-certificate").Length == 0)
        {
            Wrong($"--silo-bind {bind} is reached from other machines, and whoever reaches it in clear can call every grain. "
                + "Give --cluster-certificate and --cluster-ca; or --cluster-plaintext yes on a network that nobody else is on.");
        }
    }

    private IPAddress Advertised(IPAddress bind)
    {
        if (Text("advertised-address") is { Length: > 0 } told)
        {
            return IPAddress.TryParse(told, out var address) ? address : Resolved(told);
        }

        if (bind.Equals(IPAddress.Any) || bind.Equals(IPAddress.IPv6Any))
        {
            Wrong($"--silo-bind {bind} listens everywhere, so others cannot be told where that is. Add --advertised-address ADDRESS.");
        }

        return bind;
    }

    // Others are told an address; a container knows its own name only.
    private IPAddress Resolved(string name)
    {
        try
        {
            return Dns.GetHostAddresses(name).OrderBy(a => a.AddressFamily != AddressFamily.InterNetwork).First();
        }
        catch (Exception e) when (e is SocketException or ArgumentException or InvalidOperationException)
        {
            Wrong("advertised-address", "is no address, and no name that leads to one. Give what other processes of the cluster reach this one by.");
            return IPAddress.Loopback;
        }
    }
}
