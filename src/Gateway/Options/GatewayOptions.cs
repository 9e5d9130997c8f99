using SipGateway.Grains.Devices;
using SipGateway.Hosting;

namespace SipGateway.Gateway;

/// <summary>
/// What the gateway is started with: each a command-line option (<c>--sip-port</c>), an environment variable
/// (<c>SIPGATEWAY_SIP_PORT</c>) and a setting (<c>sip-port</c> in <c>sipgateway.json</c>), in this order of precedence.
/// </summary>
internal sealed record GatewayOptions
{
    /// <summary>Where everything durable is. Default: <c>./data</c>.</summary>
    public required string DataDir { get; init; }

    /// <summary>Where phones are faced.</summary>
    public required PhonesSideOptions Phones { get; init; }

    /// <summary>Where administrators are faced.</summary>
    public required AdminsSideOptions Admins { get; init; }

    /// <summary>The file of named admin keys. Default: <c>admin-keys</c> in the data directory.</summary>
    public required string NamedKeysPath { get; init; }

    /// <summary>The server whose people may administer. Default: none.</summary>
    public AdminOidcOptions? Oidc { get; init; }

    /// <summary>Where people go to sign in, when a proper public name leads there; empty: <c>https://HOST:PORT/signin</c>.</summary>
    public string SignInUrl { get; init; } = "";

    /// <summary>How long a restart may take until it is judged. Default: 5 minutes, the slowest boot of a desk phone twice.</summary>
    public required TimeSpan RestartDeadline { get; init; }

    /// <summary>Models and the firmware they need. Default: the table that comes with the gateway.</summary>
    public CompatibilityTable Compatibility { get; init; } = CompatibilityTable.BuiltIn;
}
