using SipGateway.Hosting;

namespace SipGateway.Edge;

/// <summary>The edge process's options: names, defaults and words.</summary>
internal static class EdgeArguments
{
    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<KnownOption> Known =
    [
        .. PhonesSideOptions.Known.Where(k => k.Name != "certificate"),
        new("certificate", "", "PEM file with certificate and key for https and SIP over TLS, the same on every edge. Needed."),
        new("ca-certificate", "", "PEM file with the CA that phones must trust. Default: the certificate is one every phone knows."),
        new("edge-hosts", "",
            "Every edge as phones reach it, the same list on each: HOST or HOST:SIP-PORT, with commas, and REGION= in front of those in a region. "
                + "Each phone is told two, those of its tenant's region first. Default: this one alone."),
        new("edge-id", "", "This edge's name, unique in the cluster. Default: machine name and SIP port."),
        new("drain-seconds", "5",
            "How long phones are served on after SIGTERM, 0 to 600: readiness is red, connections end one by one. More than a balancer's checks take."),
        new("signin-upstream", "", "Where the admin API answers people; /signin is passed on there. Default: nowhere."),
        new("signin-ca", "", "PEM file with the CA to trust there, beside the system's."),
        .. ClusterAccess.Known,
        .. OpsSideOptions.Known,
    ];

    /// <summary>Reads command line, environment and settings file.</summary>
    /// <returns>The exit code when nothing is left to do (help, bad option); null otherwise.</returns>
    public static int? TryRead(string[] args, TextWriter output, TextWriter errors, out HostArguments arguments) =>
        HostArguments.TryRead("One edge of a SipGateway.Orleans cluster: faces phones.", Known, args, output, errors, out arguments);
}
