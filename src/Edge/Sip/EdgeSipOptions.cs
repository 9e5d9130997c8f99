using System.Net;
using System.Net.Security;
using SipGateway.Sip.Transactions;

namespace SipGateway.Edge;

/// <summary>How the phones' SIP side is set up.</summary>
public sealed record EdgeSipOptions
{
    /// <summary>This edge's name, unique in the cluster. Default: <c>edge</c>.</summary>
    public string EdgeId { get; init; } = "edge";

    /// <summary>The region this edge stands in. Default: empty, none.</summary>
    public string Region { get; init; } = "";

    /// <summary>Where to listen. A wildcard listens on every address the machine has at the start. Default: loopback.</summary>
    public IPAddress BindAddress { get; init; } = IPAddress.Loopback;

    /// <summary>UDP and TCP port; 0 for any free one. Default: 5060.</summary>
    public int Port { get; init; } = 5060;

    /// <summary>TLS port; 0 for any free one. Default: 5061.</summary>
    public int TlsPort { get; init; } = 5061;

    /// <summary>
    /// The certificate for TLS with its key and chain, asked for at each handshake, so that a renewed one counts from then on. Give the same
    /// object as long as it is the same certificate: sessions are resumed by it. Default: null, no TLS.
    /// </summary>
    public Func<SslStreamCertificateContext>? Certificate { get; init; }

    /// <summary>What phones are told to reach us by: a name or an address. Default: <c>127.0.0.1</c>.</summary>
    public string PublicHost { get; init; } = "127.0.0.1";

    /// <summary>Where phones are told to fetch from over http; asked when it is told, because the port may be known only after the listener opened.</summary>
    public Func<string>? ProvisioningRoot { get; init; }

    /// <summary>Where phones are heard that look for their server by multicast. Default: null, nowhere.</summary>
    public PlugAndPlayOptions? PlugAndPlay { get; init; }

    /// <summary>SIP domain and digest realm. Default: <c>127.0.0.1</c>.</summary>
    public string Domain { get; init; } = "127.0.0.1";

    /// <summary>First UDP port for sound. Default: 16384.</summary>
    public int FirstRtpPort { get; init; } = 16384;

    /// <summary>Last UDP port for sound. Default: 16583.</summary>
    public int LastRtpPort { get; init; } = 16583;

    /// <summary>How many threads receive UDP per address. Default: one per processor, four at most.</summary>
    public int UdpThreads { get; init; } = Math.Min(4, Environment.ProcessorCount);

    /// <summary>
    /// How long phones are served on after the edge was told to end: a balancer notices that it is not ready, and connections end one by one.
    /// Default: none, for a gateway that is all there is.
    /// </summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.Zero;

    /// <summary>The software version told to the cluster, never to phones. Default: empty.</summary>
    public string Version { get; init; } = "";

    /// <summary>
    /// Beginnings of user agents that are dropped without an answer: noise reduction, not security. Default: the scanners met
    /// most.
    /// </summary>
    public IReadOnlyList<string> ScannerUserAgents { get; init; } =
    [
        "friendly-scanner", "friendly-request", "sipvicious", "sipcli", "sip-scan", "SIPScan", "sundayddr", "VaxSIPUserAgent", "VaxIPUserAgent",
        "pplsip", "iWar", "siparmyknife", "smap", "scanner",
    ];

    /// <summary>
    /// Beginnings of user agents that take SHA-256 beside MD5: they are offered both, the better one first. All others are offered MD5 alone,
    /// because some phones fail when they see anything else. Default: Linphone, whose stack has both.
    /// </summary>
    public IReadOnlyList<string> Sha256UserAgents { get; init; } = ["Linphone", "belle-sip"];

    /// <summary>The bounds.</summary>
    public EdgeSipLimits Limits { get; init; } = new();

    /// <summary>The times of RFC 3261 §17.</summary>
    public TransactionTimers Timers { get; init; } = TransactionTimers.Default;
}
