using System.Net;

namespace SipGateway.Edge;

/// <summary>What phones are told, and how often they may ask.</summary>
public sealed record ProvisioningOptions
{
    /// <summary>The name or address phones reach us by. Required.</summary>
    public string PublicHost { get; init; } = "";

    /// <summary>SIP domain and digest realm. Required.</summary>
    public string SipDomain { get; init; } = "";

    /// <summary>The port of plain http, asked at each answer because it may be known only after the listener opened.</summary>
    public required Func<int> HttpPort { get; init; }

    /// <summary>The port of https.</summary>
    public required Func<int> HttpsPort { get; init; }

    /// <summary>The port of SIP over UDP and TCP.</summary>
    public required Func<int> SipPort { get; init; }

    /// <summary>The CA that phones must trust, PEM; empty when the https certificate is one every phone knows.</summary>
    public string CaCertificatePem { get; init; } = "";

    /// <summary>Requests one source may make in ten seconds. Default 200: an office of forty phones behind one address boots with five files each.</summary>
    public int RequestsPerSource { get; init; } = 200;

    /// <summary>Bootstraps of different MACs one source may fetch in a minute before it is slowed down and counted as walking MACs. Default 300.</summary>
    public int BootstrapsPerSource { get; init; } = 300;

    /// <summary>How long a grain may take. Default 4 s; then the phone is asked to come back.</summary>
    public TimeSpan GrainTimeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How long a screen waits for its pairing code before it shows "one moment". Default 3 s: the phone's own patience is ten.</summary>
    public TimeSpan ScreenWait { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Every error of these options, one sentence each; empty when they are good.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (Uri.CheckHostName(PublicHost) is UriHostNameType.Unknown or UriHostNameType.Basic) errors.Add($"PublicHost '{PublicHost}' is not a host name or address.");
        if (Uri.CheckHostName(SipDomain) is UriHostNameType.Unknown or UriHostNameType.Basic) errors.Add($"SipDomain '{SipDomain}' is not a host name or address.");
        if (RequestsPerSource < 1) errors.Add($"RequestsPerSource is {RequestsPerSource}: it must be at least 1.");
        if (BootstrapsPerSource < 1) errors.Add($"BootstrapsPerSource is {BootstrapsPerSource}: it must be at least 1.");
        if (GrainTimeout <= TimeSpan.Zero) errors.Add($"GrainTimeout is {GrainTimeout}: it must be more than nothing.");
        if (ScreenWait < TimeSpan.Zero) errors.Add($"ScreenWait is {ScreenWait}: it cannot be negative.");
        return errors;
    }

    /// <summary>The host as it stands in a URL.</summary>
    internal string UrlHost => IPAddress.TryParse(PublicHost, out var address) && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{PublicHost}]" : PublicHost;

    /// <summary>The https root.</summary>
    internal string SecureRoot => $"https://{UrlHost}:{HttpsPort()}";

    /// <summary>The http root.</summary>
    internal string PlainRoot => $"http://{UrlHost}:{HttpPort()}";
}
