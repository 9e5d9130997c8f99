using System.Net;

namespace SipGateway.Hosting;

/// <summary>Where a process faces phones; the same options for the gateway and for an edge.</summary>
public sealed record PhonesSideOptions
{
    /// <summary>Names, defaults and words.</summary>
    public static readonly IReadOnlyList<KnownOption> Known =
    [
        new("bind", "127.0.0.1", "The address phones reach."),
        new("public-host", "", "The name or address phones are told; needed when --bind is a wildcard. Default: the bind address."),
        new("sip-domain", "", "Realm and domain. Default: the public host."),
        new("sip-port", "5060", "SIP over UDP and TCP."),
        new("sips-port", "5061", "SIP over TLS."),
        new("http-port", "8080", "Provisioning over http."),
        new("https-port", "8443", "Provisioning over https, and the sign-in page."),
        new("mtls-port", "8444", "Provisioning with the phone's factory certificate."),
        new("rtp-ports", "16384-16583", "UDP ports for audible confirmations."),
        new("certificate", "", "PEM file with certificate and key for https; default: made by the private CA."),
        new("region", "", "The region it stands in, such as eu-west: phones of tenants with this region are sent here. Default: none."),
        new("pnp", "no", "Whether phones that look for their server by multicast (SIP PnP) are told this one: yes or no."),
        new("pnp-interface", "", "This machine's IPv4 address on the network where they are heard. Default: the bind address; of a wildcard every one."),
        new("firmware-dir", "", "Folder with firmware for phones and its manifest, firmware.tsv. Default: none is hosted."),
        new("vendor-ca-dir", "",
            "Directory with a folder for each vendor whose factory certificates count, with the vendor's CAs (.pem, .crt). Default: none counts."),
    ];

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

    /// <summary>PEM file with certificate and key for the https listeners; empty: one made by the private CA.</summary>
    public string Certificate { get; init; } = "";

    /// <summary>The region it stands in; empty: none.</summary>
    public string Region { get; init; } = "";

    /// <summary>Where phones are heard that look for their server by multicast; null: nowhere.</summary>
    public IPAddress? PlugAndPlayInterface { get; init; }

    /// <summary>Folder with firmware and its manifest; empty: none is hosted.</summary>
    public string FirmwareDir { get; init; } = "";

    /// <summary>Directory with the CAs of each vendor's factory certificates; empty: no phone proves itself by one.</summary>
    public string VendorCaDir { get; init; } = "";
}

/// <summary>Where a process faces administrators; the same options for the gateway and for an admin API.</summary>
public sealed record AdminsSideOptions
{
    /// <summary>Names, defaults and words.</summary>
    public static readonly IReadOnlyList<KnownOption> Known =
    [
        new("admin-bind", "127.0.0.1", "The address administrators reach; beyond loopback with TLS only."),
        new("admin-port", "5080", "Portal and REST."),
        new("grpc-port", "5081", "gRPC."),
    ];

    /// <summary>The address admins reach. Default: 127.0.0.1.</summary>
    public required IPAddress AdminBind { get; init; }

    /// <summary>Portal and REST. Default: 5080.</summary>
    public required int AdminPort { get; init; }

    /// <summary>gRPC over HTTP/2. Default: 5081.</summary>
    public required int GrpcPort { get; init; }

    /// <summary>Whether admins speak TLS: always beyond loopback.</summary>
    public bool IsAdminTls => !IPAddress.IsLoopback(AdminBind);
}
