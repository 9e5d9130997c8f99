using System.Globalization;
using System.Net;

namespace SipGateway.Gateway;

/// <summary>Turns the options' text into values and reports everything that is wrong at once.</summary>
internal sealed class GatewayOptionsReader(GatewayArguments arguments)
{
    private readonly List<string> errors = [];

    /// <summary>The options, or every error as a sentence of its own.</summary>
    public (GatewayOptions? Options, IReadOnlyList<string> Errors) Read()
    {
        var bind = Address("bind");
        var (firstRtp, lastRtp) = RtpRange();
        var publicHost = PublicHost(bind);
        var options = new GatewayOptions
        {
            DataDir = Path.GetFullPath(arguments["data-dir"]),
            Bind = bind,
            PublicHost = publicHost,
            SipDomain = arguments["sip-domain"] is { Length: > 0 } domain ? Host("sip-domain", domain) : publicHost,
            SipPort = Port("sip-port"),
            SipsPort = Port("sips-port"),
            HttpPort = Port("http-port"),
            HttpsPort = Port("https-port"),
            MtlsPort = Port("mtls-port"),
            FirstRtpPort = firstRtp,
            LastRtpPort = lastRtp,
            AdminBind = Address("admin-bind"),
            AdminPort = Port("admin-port"),
            GrpcPort = Port("grpc-port"),
            SignInUrl = SignInUrl(),
            Certificate = CertificatePath(),
            RestartDeadline = RestartDeadline(),
        };
        return (errors.Count == 0 ? options : null, errors);
    }

    private void Wrong(string name, string why) => errors.Add($"--{name} {arguments[name]}: {why}");

    private IPAddress Address(string name)
    {
        if (IPAddress.TryParse(arguments[name], out var address))
        {
            return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        }

        Wrong(name, "is not an IP address. Give the address of one interface, or 0.0.0.0 for all, or :: for all with IPv6.");
        return IPAddress.Loopback;
    }

    private int Port(string name)
    {
        if (int.TryParse(arguments[name], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65_535)
        {
            return port;
        }

        Wrong(name, "is not a port. Give a number from 1 to 65535, or 0 for any free port.");
        return 0;
    }

    private string PublicHost(IPAddress bind)
    {
        if (arguments["public-host"] is { Length: > 0 } host)
        {
            return Host("public-host", host);
        }

        if (bind.Equals(IPAddress.Any) || bind.Equals(IPAddress.IPv6Any))
        {
            errors.Add($"--bind {bind} listens everywhere, so phones cannot be told where that is. Add --public-host NAME: the name or address they reach.");
        }

        return bind.ToString();
    }

    private string Host(string name, string host)
    {
        if (Uri.CheckHostName(host) is UriHostNameType.Unknown or UriHostNameType.Basic)
        {
            Wrong(name, "is not a host name or address. Leave out scheme, port and blanks.");
        }

        return host;
    }

    private (int First, int Last) RtpRange()
    {
        var parts = arguments["rtp-ports"].Split('-');
        if (parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            && first is >= 1024 and <= 65_534 && last > first && last <= 65_535)
        {
            return (first, last);
        }

        Wrong("rtp-ports", "is not a range of ports. Give two numbers from 1024 to 65535, such as 16384-16583.");
        return (16_384, 16_583);
    }

    private string SignInUrl()
    {
        var url = arguments["signin-url"];
        if (url.Length > 0 && !(Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps))
        {
            Wrong("signin-url", "is not an https address. People type passwords there.");
        }

        return url;
    }

    private string CertificatePath()
    {
        var path = arguments["certificate"];
        if (path.Length > 0 && !File.Exists(path))
        {
            Wrong("certificate", "is not there. Give a PEM file that holds the certificate, its chain and its key.");
        }

        return path;
    }

    private TimeSpan RestartDeadline()
    {
        if (int.TryParse(arguments["restart-deadline"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= 86_400)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        Wrong("restart-deadline", "is not a time. Give seconds from 1 to 86400; desk phones boot in one to two minutes.");
        return TimeSpan.FromMinutes(5);
    }
}
