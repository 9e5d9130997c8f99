using System.Net;
using System.Net.Sockets;

namespace SipGateway.Edge;

/// <summary>What phones register over.</summary>
public enum PhoneTransport
{
    /// <summary>UDP.</summary>
    Udp,

    /// <summary>TCP.</summary>
    Tcp,
}

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

    /// <summary>The port of https that asks for the phone's certificate; null: there is none.</summary>
    public Func<int>? MtlsPort { get; init; }

    /// <summary>Directory with a folder of CAs for each vendor whose factory certificates count. Default: empty, none counts.</summary>
    public string VendorCaDir { get; init; } = "";

    /// <summary>The port of SIP over UDP and TCP.</summary>
    public required Func<int> SipPort { get; init; }

    /// <summary>Every edge as phones reach it, this one among them; empty: this one alone. Each phone is told two, in an order of its own.</summary>
    internal IReadOnlyList<SipServer> EdgeHosts { get; init; } = [];

    /// <summary>What phones register over. Default: UDP.</summary>
    public PhoneTransport SipTransport { get; init; } = PhoneTransport.Udp;

    /// <summary>The CA that phones must trust, PEM; empty when the https certificate is one every phone knows.</summary>
    public string CaCertificatePem { get; init; } = "";

    /// <summary>Proxies whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed. Default: none.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>
    /// Requests one source may make in ten seconds. Default 200: an office of forty phones behind one address boots with five files each.
    /// </summary>
    public int RequestsPerSource { get; init; } = 200;

    /// <summary>
    /// Requests under one candidate or device token in ten seconds. Default 100: a boot takes five, a tool that watches a phone's file some
    /// fifty, and ten grain calls a second are no load.
    /// </summary>
    public int RequestsPerDevice { get; init; } = 100;

    /// <summary>Bootstraps one source may fetch in a minute. Default 300: a hundred phones out of the box, three files each.</summary>
    public int BootstrapsPerSource { get; init; } = 300;

    /// <summary>MACs one source may ask for in ten minutes before it counts as walking them. Default 100, as above.</summary>
    public int MacsPerSource { get; init; } = 100;

    /// <summary>Longest file that a phone may send. Default 256 KB: a log of a desk phone; the largest rotate at 512 KB and say so in vain.</summary>
    public int MaxUploadBytes { get; init; } = 256 * 1024;

    /// <summary>The folder with firmware and its manifest; empty: no firmware is hosted. Default: none.</summary>
    public string FirmwareDirectory { get; init; } = "";

    /// <summary>
    /// Phones that fetch firmware at one time; others come back a minute later. Default 64: a phone takes some 50 MB, and its configuration must not wait
    /// behind it.
    /// </summary>
    public int FirmwareDownloads { get; init; } = 64;

    /// <summary>How long a grain may take. Default 4 s; then the phone is asked to come back.</summary>
    public TimeSpan GrainTimeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>
    /// How long a screen waits for its pairing code before it shows "one moment". Default 3 s: the phone's own patience is ten.
    /// </summary>
    public TimeSpan ScreenWait { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Every error of these options, one sentence each; empty when they are good.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (!IsHost(PublicHost)) errors.Add($"PublicHost '{PublicHost}' is not a host name or address that phones can reach.");
        if (!IsHost(SipDomain)) errors.Add($"SipDomain '{SipDomain}' is not a host name or address.");
        if (HttpPort is null) errors.Add("HttpPort is missing.");
        if (HttpsPort is null) errors.Add("HttpsPort is missing.");
        if (SipPort is null) errors.Add("SipPort is missing.");
        if (!Enum.IsDefined(SipTransport)) errors.Add($"SipTransport {(int)SipTransport} is neither UDP nor TCP.");
        errors.AddRange(VendorAuthorities.Read(VendorCaDir).Errors);
        AtLeastOne(errors, nameof(RequestsPerSource), RequestsPerSource);
        AtLeastOne(errors, nameof(RequestsPerDevice), RequestsPerDevice);
        AtLeastOne(errors, nameof(BootstrapsPerSource), BootstrapsPerSource);
        AtLeastOne(errors, nameof(MacsPerSource), MacsPerSource);
        AtLeastOne(errors, nameof(MaxUploadBytes), MaxUploadBytes);
        AtLeastOne(errors, nameof(FirmwareDownloads), FirmwareDownloads);
        if (GrainTimeout <= TimeSpan.Zero) errors.Add($"GrainTimeout is {GrainTimeout}: it must be more than nothing.");
        if (ScreenWait < TimeSpan.Zero) errors.Add($"ScreenWait is {ScreenWait}: it cannot be negative.");
        return errors;
    }

    /// <summary>The host as it stands in a URL.</summary>
    internal string UrlHost =>
        IPAddress.TryParse(PublicHost, out var ip) && ip.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{PublicHost}]" : PublicHost;

    /// <summary>The https root.</summary>
    internal string SecureRoot => $"https://{UrlHost}:{HttpsPort()}";

    /// <summary>The https root for phones that proved themselves by certificate, so that they go on doing so.</summary>
    internal string CertificateRoot => MtlsPort is null ? SecureRoot : $"https://{UrlHost}:{MtlsPort()}";

    /// <summary>The http root.</summary>
    public string PlainRoot => $"http://{UrlHost}:{HttpPort()}";

    // A wildcard is where we listen, and nowhere a phone could go.
    private static bool IsHost(string host) => Uri.CheckHostName(host) is not (UriHostNameType.Unknown or UriHostNameType.Basic)
        && !(IPAddress.TryParse(host, out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)));

    private static void AtLeastOne(List<string> errors, string name, int value)
    {
        if (value < 1) errors.Add($"{name} is {value}: it must be at least 1.");
    }
}
