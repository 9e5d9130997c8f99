using SipGateway.Hosting;

namespace SipGateway.Silo;

/// <summary>The silo process's options: names, defaults and words.</summary>
internal static class SiloArguments
{
    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<KnownOption> Known =
    [
        .. ClusterAccess.Known,
        .. OpsSideOptions.Known,
        new("migration-database-file", "",
            "File with the connection string of the role that owns the schema. Or put it into SIPGATEWAY_MIGRATION_DATABASE. Default: the silo's own role."),
        new("data-dir", "./silo-data", "Where tokens of Entra users are cached."),
        new("silo-bind", "127.0.0.1", "The address other silos and clients reach."),
        new("advertised-address", "",
            "What others are told: an address, or a name that leads to it; needed when --silo-bind is a wildcard. Default: the bind address."),
        new("cluster-plaintext", "no", "yes: a silo beyond loopback may do without certificates, on a network that nobody else is on."),
        new("silo-port", "11111", "Silo to silo."),
        new("silo-gateway-port", "30000", "Edges and admin APIs."),
        new("restart-deadline", "300", "Seconds after which a restart that was not proved is judged."),
        CompatibilityOption.Known,
        new("signin-authority", "https://localhost:5443/", "Where the admin API answers people; sign-ins are polled there."),
        new("signin-ca", "", "PEM file with the CA to trust there, beside the system's."),
        new("signin-url", "", "Where people are sent to sign in. Default: /signin at the authority."),
    ];

    /// <summary>Reads command line, environment and settings file.</summary>
    /// <returns>The exit code when nothing is left to do (help, bad option); null otherwise.</returns>
    public static int? TryRead(string[] args, TextWriter output, TextWriter errors, out HostArguments arguments) =>
        HostArguments.TryRead("One silo of a SipGateway.Orleans cluster.", Known, args, output, errors, out arguments);
}
