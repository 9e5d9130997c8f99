using System.Net;
using SipGateway.Hosting;

namespace SipGateway.AdminApi;

/// <summary>The admin API process's options: names, defaults and words.</summary>
internal static class AdminArguments
{
    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<KnownOption> Known =
    [
        .. AdminsSideOptions.Known,
        .. AdminOidcOptions.Known,
        new("admin-key-file", "./admin.key", "File with the admin key; made when it is not there."),
        new("data-dir", "./admin-data", "Where the embedded directory keeps pairing codes and page keys."),
        new("people-bind", "127.0.0.1", "The address edges reach to pass the sign-in page on."),
        new("people-port", "5443", "The sign-in page and the embedded directory, over https."),
        new("trusted-proxies", "127.0.0.0/8,::1", "Networks of edges whose X-Forwarded-For is believed."),
        new("certificate", "", "PEM file with certificate and key for https. Needed."),
        .. ClusterAccess.Known,
    ];

    /// <summary>Reads command line, environment and settings file.</summary>
    /// <returns>The exit code when nothing is left to do (help, bad option); null otherwise.</returns>
    public static int? TryRead(string[] args, TextWriter output, TextWriter errors, out HostArguments arguments) =>
        HostArguments.TryRead("The admin API of a SipGateway.Orleans cluster.", Known, args, output, errors, out arguments);
}

/// <summary>What an admin API process is started with.</summary>
internal sealed record AdminHostOptions
{
    /// <summary>Which cluster.</summary>
    public required ClusterAccess Cluster { get; init; }

    /// <summary>Where administrators are faced.</summary>
    public required AdminsSideOptions Admins { get; init; }

    /// <summary>The file with the admin key.</summary>
    public required string AdminKeyFile { get; init; }

    /// <summary>The file of named keys.</summary>
    public required string NamedKeysPath { get; init; }

    /// <summary>The server whose people may administer; null: none.</summary>
    public AdminOidcOptions? Oidc { get; init; }

    /// <summary>Where the embedded directory keeps its files.</summary>
    public required string DataDir { get; init; }

    /// <summary>Where edges pass the sign-in page on to.</summary>
    public required IPAddress PeopleBind { get; init; }

    /// <summary>Its port. Default: 5443.</summary>
    public required int PeoplePort { get; init; }

    /// <summary>Networks whose forwarded headers are believed.</summary>
    public required IReadOnlyList<IPNetwork> TrustedProxies { get; init; }

    /// <summary>PEM file with certificate and key.</summary>
    public required string Certificate { get; init; }
}

/// <summary>Turns the options' text into values and reports everything that is wrong at once.</summary>
internal sealed class AdminHostOptionsReader(HostArguments arguments) : ClusterOptionsReader(arguments)
{
    /// <summary>The options, or every error as a sentence of its own.</summary>
    public (AdminHostOptions? Options, IReadOnlyList<string> Errors) Read()
    {
        var certificate = ExistingFile("certificate", "Give a PEM file that holds the certificate, its chain and its key.");
        if (certificate.Length == 0 && Text("certificate").Length == 0)
        {
            Wrong("--certificate is missing: people type passwords over https. Give a PEM file that holds the certificate, its chain and its key.");
        }

        var options = new AdminHostOptions
        {
            Cluster = Cluster(),
            Admins = AdminsSide(),
            AdminKeyFile = Path.GetFullPath(Text("admin-key-file")),
            NamedKeysPath = AdminKeysPath(Text("admin-key-file")),
            Oidc = AdminOidc(),
            DataDir = Path.GetFullPath(Text("data-dir")),
            PeopleBind = Address("people-bind"),
            PeoplePort = Port("people-port"),
            TrustedProxies = Networks("trusted-proxies"),
            Certificate = certificate,
        };
        return (Errors.Count == 0 ? options : null, Errors);
    }

    private List<IPNetwork> Networks(string name)
    {
        var networks = new List<IPNetwork>();
        foreach (var text in Text(name).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IPNetwork.TryParse(text, out var network))
            {
                networks.Add(network);
            }
            else if (IPAddress.TryParse(text, out var address))
            {
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else
            {
                Wrong(name, $"holds '{text}', which is neither an address nor a network such as 10.0.0.0/8.");
            }
        }

        return networks;
    }
}
