using SipGateway.Hosting;
using SipGateway.Silo;

namespace SipGateway.Gateway;

/// <summary>The gateway's options: names, defaults and words.</summary>
internal static class GatewayArguments
{
    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<KnownOption> Known =
    [
        new("data-dir", "./data", "Where everything durable is kept."),
        .. PhonesSideOptions.Known,
        .. AdminsSideOptions.Known,
        .. AdminOidcOptions.Known,
        new("signin-url", "", "Where people sign in, when a public name leads to this gateway."),
        new("restart-deadline", "300", "Seconds after which a restart that was not proved is judged."),
        CompatibilityOption.Known,
    ];

    /// <summary>Reads command line, environment and settings file.</summary>
    /// <returns>The exit code when nothing is left to do (help, bad option); null otherwise.</returns>
    public static int? TryRead(string[] args, TextWriter output, TextWriter errors, out HostArguments arguments) => HostArguments.TryRead(
        "SipGateway.Orleans: owns, enrols, signs in and restarts SIP desk phones.", Known, args, output, errors, out arguments);
}
