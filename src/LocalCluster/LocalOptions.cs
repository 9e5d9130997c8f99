using System.Net;
using SipGateway.Grains.Interfaces;
using SipGateway.Hosting;

namespace SipGateway.LocalCluster;

/// <summary>A cluster on one machine: what it is started with.</summary>
internal sealed record LocalOptions
{
    // Ports of edge n: the options' own plus n times this.
    private const int EdgeStep = 10;

    /// <summary>Names, defaults and words.</summary>
    public static readonly IReadOnlyList<KnownOption> Known =
    [
        new("data-dir", "./data-cluster", "Where everything durable is kept."),
        new("silos", "2", "How many silos."),
        new("edges", "2", "How many edges; each has the ports below plus ten times its number, the first one's being 0."),
        new("postgres-port", "5433", "PostgreSQL, on the loopback."),
        new("regions", "", "The regions of the edges, with commas, the first edge in the first and so on from the start again. Default: none."),
        .. PhonesSideOptions.Known.Where(k => k.Name is not "certificate" and not "rtp-ports" and not "region"),
        .. AdminsSideOptions.Known,
        new("compatibility-file", "", "Table of models with their minimum and approved firmware, for the silos. Default: the one that comes with the gateway."),
    ];

    /// <summary>Where everything durable is.</summary>
    public required string DataDir { get; init; }

    /// <summary>How many silos. Default: 2.</summary>
    public required int Silos { get; init; }

    /// <summary>How many edges. Default: 2.</summary>
    public required int Edges { get; init; }

    /// <summary>PostgreSQL. Default: 5433, beside one that the machine may have.</summary>
    public required int PostgresPort { get; init; }

    /// <summary>The address phones reach.</summary>
    public required IPAddress Bind { get; init; }

    /// <summary>What phones are told.</summary>
    public required string PublicHost { get; init; }

    /// <summary>Realm and domain.</summary>
    public required string SipDomain { get; init; }

    /// <summary>Directory with the CAs of each vendor's factory certificates; empty: none counts.</summary>
    public string VendorCaDir { get; init; } = "";

    /// <summary>The phones' ports by option name; 0 for any.</summary>
    public required IReadOnlyDictionary<string, int> PhonePorts { get; init; }

    /// <summary>The address administrators reach.</summary>
    public required IPAddress AdminBind { get; init; }

    /// <summary>Portal and REST.</summary>
    public required int AdminPort { get; init; }

    /// <summary>gRPC.</summary>
    public required int GrpcPort { get; init; }

    /// <summary>The regions that edges stand in, by turns; empty: in none.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>Where the first edge hears phones that look for their server by multicast; null: nowhere.</summary>
    public IPAddress? PlugAndPlayInterface { get; init; }

    /// <summary>What edges are given.</summary>
    public string FirmwareDir { get; init; } = "";

    /// <summary>What silos are given; each of them reads it.</summary>
    public string CompatibilityFile { get; init; } = "";

    /// <summary>An edge's port.</summary>
    public int PhonePort(string name, int edge) => PhonePorts[name] == 0 ? 0 : PhonePorts[name] + edge * EdgeStep;

    /// <summary>An edge's region; empty for none.</summary>
    public string Region(int edge) => Regions.Count == 0 ? "" : Regions[edge % Regions.Count];

    /// <summary>The first of an edge's ports for sound.</summary>
    public static int FirstRtpPort(int edge) => 16_384 + edge * 200;
}

/// <summary>Turns the options' text into values and reports everything that is wrong at once.</summary>
internal sealed class LocalOptionsReader(HostArguments arguments) : SideOptionsReader(arguments)
{
    private static readonly string[] PhonePorts = ["sip-port", "sips-port", "http-port", "https-port", "mtls-port"];

    /// <summary>The options, or every error as a sentence of its own.</summary>
    public (LocalOptions? Options, IReadOnlyList<string> Errors) Read()
    {
        var bind = Address("bind");
        var publicHost = PublicHost("public-host", "bind", bind);
        var options = new LocalOptions
        {
            DataDir = Path.GetFullPath(Text("data-dir")),
            Silos = Count("silos", 16),
            Edges = Count("edges", 16),
            PostgresPort = Port("postgres-port"),
            Bind = bind,
            PublicHost = publicHost,
            SipDomain = Text("sip-domain") is { Length: > 0 } domain ? Host("sip-domain", domain) : publicHost,
            VendorCaDir = Text("vendor-ca-dir") is { Length: > 0 } directory ? Path.GetFullPath(directory) : "",
            PhonePorts = PhonePorts.ToDictionary(name => name, Port),
            AdminBind = Address("admin-bind"),
            AdminPort = Port("admin-port"),
            GrpcPort = Port("grpc-port"),
            Regions = Regions(),
            PlugAndPlayInterface = PlugAndPlayInterface(bind),
            FirmwareDir = ExistingFolder("firmware-dir", "Give one that holds the firmware and firmware.tsv."),
            CompatibilityFile = FullPath("compatibility-file", "Give a table of models."),
        };
        return (Errors.Count == 0 ? options : null, Errors);
    }

    private string FullPath(string name, string what) => ExistingFile(name, what) is { Length: > 0 } path ? Path.GetFullPath(path) : "";

    private string[] Regions()
    {
        var regions = Text("regions").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var region in regions.Where(region => !RegionName.IsValid(region)))
        {
            Wrong($"--regions names '{region}', which is no name of a region. Give {RegionName.Form}.");
        }

        return regions;
    }

    private int Count(string name, int most)
    {
        if (int.TryParse(Text(name), out var count) && count >= 1 && count <= most)
        {
            return count;
        }

        Wrong(name, $"is no number from 1 to {most}.");
        return 1;
    }
}
