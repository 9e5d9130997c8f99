using System.Net;
using System.Net.Sockets;

namespace SipGateway.Journeys.Tests.Running;

/// <summary>linphone's command line with one account. Over TLS it trusts the gateway's own authority and nobody else.</summary>
internal sealed class LinphonePhone
{
    private readonly string folder = Directory.CreateTempSubdirectory("linphone").FullName;

    public LinphonePhone(GatewayProcess gateway, IPEndPoint listener, string user, string password, string transport)
    {
        // Debian's linphone matches names in a certificate and no addresses; for IPv6 it is told to look at the chain alone.
        var isIpv6 = listener.AddressFamily == AddressFamily.InterNetworkV6;
        var server = $"<sip:{(isIpv6 || transport != "tls" ? listener : $"localhost:{listener.Port}")};transport={transport}>";
        Directory.CreateDirectory(Path.Combine(folder, ".local", "share", "linphone"));
        File.WriteAllText(ConfigPath, $"""
            [sip]
            sip_port=-1
            sip_tcp_port=-1
            sip_tls_port=-1
            use_ipv6={(isIpv6 ? 1 : 0)}
            root_ca={gateway.CaCertificatePath}
            verify_server_certs=1
            verify_server_cn={(isIpv6 ? 0 : 1)}

            [auth_info_0]
            username={user}
            passwd={password}
            realm=127.0.0.1
            domain=127.0.0.1

            [proxy_0]
            reg_proxy={server}
            reg_route={server}
            reg_identity=sip:{user}@127.0.0.1
            reg_expires=120
            reg_sendregister=1
            publish=0

            """);
    }

    private string ConfigPath => Path.Combine(folder, "linphonerc");

    /// <summary>Runs until it says that it is registered; gives its log with every message.</summary>
    public Task<string> RegisterAsync() => Programs.UntilAsync(
        "linphonec", ["-c", ConfigPath, "-d", "6", "-l", "/dev/stdout"], "to [LinphoneRegistrationOk]", TimeSpan.FromSeconds(20), folder);
}
