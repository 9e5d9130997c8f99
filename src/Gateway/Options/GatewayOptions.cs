using System.Net;

namespace SipGateway.Gateway;

/// <summary>
/// What the gateway is started with: each a command-line option (<c>--sip-port</c>), an environment variable
/// (<c>SIPGATEWAY_SIP_PORT</c>) and a setting (<c>sip-port</c> in <c>sipgateway.json</c>), in this order of precedence.
/// </summary>
internal sealed record GatewayOptions
{
    /// <summary>Where everything durable is. Default: <c>./data</c>.</summary>
    public required string DataDir { get; init; }

    /// <summary>The address phones reach. Default: 127.0.0.1, because a gateway that nobody configured should face nobody.</summary>
    public required IPAddress Bind { get; init; }

    /// <summary>The name or address phones are told. Default: the bind address.</summary>
    public required string PublicHost { get; init; }

    /// <summary>Realm and domain. Default: the public host.</summary>
    public required string SipDomain { get; init; }

    /// <summary>UDP and TCP. Default: 5060.</summary>
    public required int SipPort { get; init; }

    /// <summary>TLS. Default: 5061.</summary>
    public required int SipsPort { get; init; }

    /// <summary>Provisioning over http. Default: 8080.</summary>
    public required int HttpPort { get; init; }

    /// <summary>Provisioning over https, and the sign-in page. Default: 8443.</summary>
    public required int HttpsPort { get; init; }

    /// <summary>Provisioning that asks for the phone's factory certificate. Default: 8444.</summary>
    public required int MtlsPort { get; init; }

    /// <summary>First port of the range for confirmations. Default: 16384.</summary>
    public required int FirstRtpPort { get; init; }

    /// <summary>Last port of the range. Default: 16583: a hundred confirmations at once.</summary>
    public required int LastRtpPort { get; init; }

    /// <summary>The address admins reach. Default: 127.0.0.1.</summary>
    public required IPAddress AdminBind { get; init; }

    /// <summary>Portal and REST. Default: 5080.</summary>
    public required int AdminPort { get; init; }

    /// <summary>gRPC over HTTP/2. Default: 5081.</summary>
    public required int GrpcPort { get; init; }

    /// <summary>Where people go to sign in, when a proper public name leads there; empty: <c>https://HOST:PORT/signin</c>.</summary>
    public string SignInUrl { get; init; } = "";

    /// <summary>PEM file with certificate and key for the https listeners; empty: one made by the private CA.</summary>
    public string Certificate { get; init; } = "";

    /// <summary>How long a restart may take until it is judged. Default: 5 minutes, the slowest boot of a desk phone twice.</summary>
    public required TimeSpan RestartDeadline { get; init; }

    /// <summary>Whether admins speak TLS: always beyond loopback.</summary>
    public bool IsAdminTls => !IPAddress.IsLoopback(AdminBind);
}
