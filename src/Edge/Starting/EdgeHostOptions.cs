using System.Globalization;
using SipGateway.Hosting;

namespace SipGateway.Edge;

/// <summary>What an edge process is started with.</summary>
internal sealed record EdgeHostOptions
{
    /// <summary>Which cluster.</summary>
    public required ClusterAccess Cluster { get; init; }

    /// <summary>Where health and metrics are.</summary>
    public required OpsSideOptions Ops { get; init; }

    /// <summary>Where phones are faced.</summary>
    public required PhonesSideOptions Phones { get; init; }

    /// <summary>PEM file with the CA that phones must trust; empty: none.</summary>
    public required string CaCertificate { get; init; }

    /// <summary>This edge's name.</summary>
    public required string EdgeId { get; init; }

    /// <summary>Every edge as phones reach it; empty: this one alone.</summary>
    public required IReadOnlyList<SipServer> EdgeHosts { get; init; }

    /// <summary>How long phones are served on after SIGTERM.</summary>
    public required TimeSpan DrainTime { get; init; }

    /// <summary>The admin API's address for people; null: sign-in pages are not passed on.</summary>
    public required Uri? SignInUpstream { get; init; }

    /// <summary>PEM file with the CA to trust there; empty: the system's alone.</summary>
    public required string SignInCa { get; init; }
}

/// <summary>Turns the options' text into values and reports everything that is wrong at once.</summary>
internal sealed class EdgeHostOptionsReader(HostArguments arguments) : ClusterOptionsReader(arguments)
{
    private const int MaxIdChars = 64;
    private const int MaxDrainSeconds = 600;

    /// <summary>The options, or every error as a sentence of its own.</summary>
    public (EdgeHostOptions? Options, IReadOnlyList<string> Errors) Read()
    {
        var phones = PhonesSide();
        if (phones.Certificate.Length == 0)
        {
            Wrong("--certificate is missing: every edge shows the same certificate to phones. Give a PEM file that holds it, its chain and its key.");
        }

        Wrong(VendorAuthorities.Read(phones.VendorCaDir).Errors);
        var upstream = SecureUrl("signin-upstream", "Passwords travel there.");
        var options = new EdgeHostOptions
        {
            Ops = OpsSide(),
            Cluster = Cluster(),
            Phones = phones,
            CaCertificate = ExistingFile("ca-certificate", "Give a PEM file with the certificate of the CA."),
            EdgeId = EdgeId(phones),
            EdgeHosts = EdgeHosts(phones.Region),
            DrainTime = DrainTime(),
            SignInUpstream = Uri.TryCreate(upstream, UriKind.Absolute, out var uri) ? uri : null,
            SignInCa = ExistingFile("signin-ca", "Give a PEM file with the certificate of the CA."),
        };
        return (Errors.Count == 0 ? options : null, Errors);
    }

    private TimeSpan DrainTime()
    {
        if (int.TryParse(Text("drain-seconds"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= MaxDrainSeconds)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        Wrong("drain-seconds", $"is no number of seconds from 0 to {MaxDrainSeconds}.");
        return TimeSpan.Zero;
    }

    private List<SipServer> EdgeHosts(string region)
    {
        var servers = new List<SipServer>();
        foreach (var text in Text("edge-hosts").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (SipServer.Parse(text) is not { } server)
            {
                Wrong($"--edge-hosts names {text}, which is no HOST, no HOST:PORT and no REGION=HOST:PORT that phones can reach.");
            }
            else if (servers.Any(server.HasAddressOf))
            {
                Wrong($"--edge-hosts names {server} twice.");
            }
            else
            {
                servers.Add(server);
            }
        }

        if (region.Length > 0 && servers.Count > 0 && servers.TrueForAll(server => server.Region != region))
        {
            Wrong($"--region is {region}, but --edge-hosts names no edge there, so no phone would be sent to it. "
                + $"Write {region}= in front of this edge's name.");
        }

        return servers;
    }

    private string EdgeId(PhonesSideOptions phones)
    {
        if (Text("edge-id") is not { Length: > 0 } id)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName.ToLowerInvariant()}-{phones.SipPort}");
        }

        if (id.Length > MaxIdChars || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_'))
        {
            Wrong("edge-id", $"is no name of an edge. Give up to {MaxIdChars} letters, digits, points and hyphens.");
        }

        return id;
    }
}
