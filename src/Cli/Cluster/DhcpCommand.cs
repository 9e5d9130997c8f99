using System.CommandLine;
using SipGateway.Admin.V1;

namespace SipGateway.Cli;

/// <summary><c>sipgw dhcp</c></summary>
internal static class DhcpCommand
{
    private static readonly Dictionary<string, DhcpSnippet.Types.Server> Servers = new()
    {
        ["isc"] = DhcpSnippet.Types.Server.Isc,
        ["kea"] = DhcpSnippet.Types.Server.Kea,
        ["dnsmasq"] = DhcpSnippet.Types.Server.Dnsmasq,
        ["windows"] = DhcpSnippet.Types.Server.Windows,
        ["cisco-ios"] = DhcpSnippet.Types.Server.CiscoIos,
    };

    public static Command Create()
    {
        var server = new Option<string>("--server") { Description = "isc, kea, dnsmasq, windows or cisco-ios", Required = true };
        server.AcceptOnlyFromAmong([.. Servers.Keys]);
        var vendor = new Option<string>("--vendor") { Description = "Only phones of this vendor, such as yealink", DefaultValueFactory = _ => "" };
        var url = new Option<string>("--url")
        {
            Description = "Where phones fetch from; default: what the edges tell them", DefaultValueFactory = _ => "",
        };
        var ntp = new Option<string[]>("--ntp") { Description = "A time server's IPv4 address; may be given again", DefaultValueFactory = _ => [] };
        var zone = new Option<string>("--time-zone") { Description = "An IANA zone, such as Europe/Vienna", DefaultValueFactory = _ => "" };
        var dhcp = new Command("dhcp", "Writes what a DHCP server must say, so that phones come by themselves") { server, vendor, url, ntp, zone };
        dhcp.SetGatewayAction(async (parsed, session) =>
        {
            var request = new ListDhcpSnippetsRequest
            {
                Server = Servers[parsed.GetRequiredValue(server)],
                Vendor = parsed.GetRequiredValue(vendor),
                ProvisioningUrl = parsed.GetRequiredValue(url),
                NtpServers = { parsed.GetRequiredValue(ntp) },
                TimeZone = parsed.GetRequiredValue(zone),
            };
            var answer = await new Dhcp.DhcpClient(session.Invoker).ListDhcpSnippetsAsync(request, session.Call);
            await WriteAsync(session, GatewayOptions.OutputOf(parsed), answer.DhcpSnippets.Single());
            return ExitCodes.Done;
        });
        return dhcp;
    }

    // The text alone goes out, so that it can be piped; the notes are for whoever watches.
    private static async Task WriteAsync(GatewaySession session, string format, DhcpSnippet snippet)
    {
        if (format != "table")
        {
            session.Writer.WriteOne(snippet, s => s.Name, new("SERVER", s => s.Server.ToString()), new("TEXT", s => s.Text));
            return;
        }

        await session.Output.WriteAsync(snippet.Text);
        foreach (var note in snippet.Notes)
        {
            await session.Talk.WriteLineAsync(note);
        }
    }
}
