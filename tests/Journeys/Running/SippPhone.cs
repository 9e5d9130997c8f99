using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace SipGateway.Journeys.Tests.Running;

/// <summary>A phone made of SIPp: one contact address, one scenario after the other on it.</summary>
internal sealed class SippPhone
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);

    private readonly IPEndPoint gateway;
    private readonly string transport;
    private readonly string folder = Directory.CreateTempSubdirectory("sipp").FullName;

    public SippPhone(IPEndPoint gateway, string transport = "u1")
    {
        this.transport = transport;
        this.gateway = gateway;
        Port = FreePort();
    }

    public int Port { get; }

    public Task RegisterAsync(string user, string password, string domain) =>
        RunToTheEndAsync("register.xml", ["-key", "user", user, "-key", "domain", domain, "-au", user, "-ap", password, .. AuthUri(domain)]);

    /// <summary>Dials the code and waits for the gateway's BYE. A NOTIFY that comes meanwhile is accepted by SIPp itself.</summary>
    public Task DialAsync(string user, string password, string domain, string code) =>
        RunToTheEndAsync("dial-code.xml", ["-key", "user", user, "-key", "domain", domain, "-key", "code", code, "-au", user, "-ap", password, "-aa", "-trace_msg"]);

    /// <summary>Listens for one NOTIFY; the task gives its Event header. Arm it before what causes the NOTIFY.</summary>
    public async Task<string> AwaitNotifyAsync(TimeSpan limit)
    {
        var log = Path.Combine(folder, $"notify-{Guid.NewGuid():N}.log");
        var scenario = Path.Combine(AppContext.BaseDirectory, "Sipp", "await-notify.xml");
        var (code, output) = await Programs.RunAsync(
            "sipp",
            ["-sf", scenario, .. Addresses(), "-m", "1", "-nostdin", "-trace_logs", "-log_file", log, "-timeout", ((int)limit.TotalSeconds).ToString(CultureInfo.InvariantCulture)],
            limit + TimeSpan.FromSeconds(5));
        if (code != 0)
        {
            throw new InvalidOperationException($"No NOTIFY reached SIPp (exit code {code}):\n{Tail(output)}");
        }

        return (await File.ReadAllTextAsync(log)).Trim();
    }

    /// <summary>Every SIP message of the scenarios that were traced.</summary>
    public string Messages() => string.Concat(Directory.GetFiles(folder, "*messages.log").Select(File.ReadAllText));

    public static int FreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }

    private async Task RunToTheEndAsync(string scenario, string[] arguments)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Sipp", scenario);
        var messages = Path.Combine(folder, $"{Guid.NewGuid():N}-messages.log");
        var (code, output) = await Programs.RunAsync(
            "sipp",
            [gateway.ToString(), "-sf", path, .. Addresses(), "-m", "1", "-nostdin", "-timeout", "30", "-message_file", messages, .. arguments],
            Limit);
        if (code != 0)
        {
            var traced = File.Exists(messages) ? await File.ReadAllTextAsync(messages) : "";
            throw new InvalidOperationException($"SIPp {scenario} ended with {code}:\n{Tail(output)}\n{traced}");
        }
    }

    private string[] Addresses() => ["-t", transport, "-i", gateway.Address.ToString(), "-p", Port.ToString(CultureInfo.InvariantCulture)];

    // Left to itself, SIPp writes an IPv6 address into the digest's uri without brackets, and that is no URI.
    private string[] AuthUri(string domain) => gateway.AddressFamily == AddressFamily.InterNetworkV6 ? ["-auth_uri", domain] : [];

    private static string Tail(string text) => text.Length <= 4000 ? text : text[^4000..];
}
