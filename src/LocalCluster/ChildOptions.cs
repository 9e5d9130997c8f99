using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using SipGateway.Hosting;

namespace SipGateway.LocalCluster;

/// <summary>The command lines of the processes. No secret is on any of them.</summary>
internal sealed class ChildOptions(LocalOptions options, ClusterFiles files)
{
    // Above the ports for sound, below where the kernel begins.
    private const int FirstFreePort = 22_000;
    private const int EphemeralPorts = 32_768;

    // Silos and edges are told it before the admin API listens there.
    private readonly int peoplePort = FreePort(ClusterFiles.Local(options.AdminBind));

    private string PeopleUrl => new UriBuilder("https", "localhost", peoplePort).Uri.ToString();

    /// <summary>A silo.</summary>
    public Dictionary<string, string> Silo(int number)
    {
        var silo = new Dictionary<string, string>
        {
            ["data-dir"] = Path.Combine(files.Root, "silo-" + Text(number)),
            ["database-file"] = files.Database("silo"),
            ["cluster-certificate"] = files.ClusterCertificate(ClusterRole.Silo),
            ["cluster-ca"] = files.ClusterCa,
            ["migration-database-file"] = files.Database("owner"),
            ["master-key-file"] = files.MasterKey,
            ["silo-port"] = "0",
            ["silo-gateway-port"] = "0",
            ["ops-port"] = "0",
            ["signin-authority"] = PeopleUrl,
            ["signin-ca"] = files.CaCertificate,
            ["signin-url"] = SignInUrl(),
        };

        // Only what was asked for: the release before knows no such option.
        if (options.CompatibilityFile.Length > 0)
        {
            silo["compatibility-file"] = options.CompatibilityFile;
        }

        return silo;
    }

    /// <summary>An edge.</summary>
    public Dictionary<string, string> Edge(int number)
    {
        var first = LocalOptions.FirstRtpPort(number);
        var edge = new Dictionary<string, string>
        {
            ["bind"] = options.Bind.ToString(),
            ["public-host"] = options.PublicHost,
            ["sip-domain"] = options.SipDomain,
            ["rtp-ports"] = $"{Text(first)}-{Text(first + 199)}",
            ["edge-id"] = "edge-" + Text(number),
            ["edge-hosts"] = EdgeHosts(),
            ["drain-seconds"] = "1",
            ["certificate"] = files.ServerPem,
            ["ca-certificate"] = files.CaCertificate,
            ["signin-upstream"] = PeopleUrl,
            ["signin-ca"] = files.CaCertificate,
            ["database-file"] = files.Database("edge"),
            ["cluster-certificate"] = files.ClusterCertificate(ClusterRole.Client),
            ["cluster-ca"] = files.ClusterCa,
            ["master-key-file"] = files.MasterKey,
            ["ops-port"] = "0",
        };
        if (options.FirmwareDir.Length > 0)
        {
            edge["firmware-dir"] = options.FirmwareDir;
        }

        if (options.VendorCaDir.Length > 0)
        {
            edge["vendor-ca-dir"] = options.VendorCaDir;
        }

        if (options.Region(number).Length > 0)
        {
            edge["region"] = options.Region(number);
        }

        // One answer is enough.
        if (options.PlugAndPlayInterface is { } network && number == 0)
        {
            edge["pnp"] = "yes";
            edge["pnp-interface"] = network.ToString();
        }

        foreach (var name in options.PhonePorts.Keys)
        {
            edge[name] = Text(options.PhonePort(name, number));
        }

        return edge;
    }

    /// <summary>The admin API.</summary>
    public Dictionary<string, string> Admin() => new()
    {
        ["admin-bind"] = options.AdminBind.ToString(),
        ["admin-port"] = Text(options.AdminPort),
        ["grpc-port"] = Text(options.GrpcPort),
        ["people-port"] = Text(peoplePort),
        ["admin-key-file"] = files.AdminKey,
        ["data-dir"] = Path.Combine(files.Root, "admin"),
        ["certificate"] = files.ServerPem,
        ["database-file"] = files.Database("admin"),
        ["cluster-certificate"] = files.ClusterCertificate(ClusterRole.Client),
        ["cluster-ca"] = files.ClusterCa,
        ["master-key-file"] = files.MasterKey,
    };

    // People come to the first edge, which passes them on; on any port they come to the admin API itself.
    private string SignInUrl()
    {
        var port = options.PhonePort("https-port", 0);
        return port == 0 ? PeopleUrl + "signin" : new UriBuilder("https", options.PublicHost, port, "signin").Uri.ToString();
    }

    // On any port nobody knows the others' before they listen.
    private string EdgeHosts()
    {
        var host = options.PublicHost.Contains(':', StringComparison.Ordinal) ? $"[{options.PublicHost}]" : options.PublicHost;
        return options.PhonePort("sip-port", 0) == 0 || options.Edges < 2
            ? ""
            : string.Join(',', Enumerable.Range(0, options.Edges).Select(edge => $"{Mark(edge)}{host}:{Text(options.PhonePort("sip-port", edge))}"));

        string Mark(int edge) => options.Region(edge) is { Length: > 0 } region ? region + "=" : "";
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    // Below those that the kernel gives to connections that go out: one of these would be taken before the admin API is there.
    private static int FreePort(IPAddress address)
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(FirstFreePort, EphemeralPorts);
            using var probe = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Bind(new IPEndPoint(address, port));
                return port;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Another one.
            }
        }
    }
}
