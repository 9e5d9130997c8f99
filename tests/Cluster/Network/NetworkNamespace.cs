using System.Diagnostics;
using System.Net;

namespace SipGateway.Cluster.Tests.Network;

/// <summary>One host of a network: a namespace with one cable to the switch, and a filter of its own.</summary>
public sealed class NetworkNamespace
{
    private readonly string _name;

    private NetworkNamespace(string name, IPAddress address) => (_name, Address) = (name, address);

    public IPAddress Address { get; }

    /// <summary>What stands before a command that is to run there; the process is the same.</summary>
    public string[] Inside => ["nsenter", "--net=/run/netns/" + _name];

    /// <summary>Makes it and plugs it into the switch.</summary>
    /// <param name="name">Its name, and its cable's without the last character.</param>
    /// <param name="cable">Up to 14 characters.</param>
    /// <param name="address">With 24 bits of network.</param>
    /// <param name="bridge">The switch.</param>
    internal static async Task<NetworkNamespace> CreateAsync(string name, string cable, IPAddress address, string bridge)
    {
        var here = new NetworkNamespace(name, address);
        await CommandAsync("ip", "netns", "add", name);
        await CommandAsync("ip", "link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns", name);
        await CommandAsync("ip", "link", "set", cable, "master", bridge, "up");
        await here.RunAsync("ip", "link", "set", "lo", "up");
        await here.RunAsync("ip", "address", "add", $"{address}/24", "dev", "eth0");
        await here.RunAsync("ip", "link", "set", "eth0", "up");
        return here;
    }

    /// <summary>What comes from there is dropped here, without a word to anybody.</summary>
    internal Task DropFromAsync(IPAddress source) => RunAsync("iptables", "-w", "-A", "INPUT", "-s", source.ToString(), "-j", "DROP");

    /// <summary>Whatever comes by the cable is dropped here.</summary>
    internal Task DropAllAsync() => RunAsync("iptables", "-w", "-A", "INPUT", "-i", "eth0", "-j", "DROP");

    /// <summary>Everything comes through again.</summary>
    internal Task HealAsync() => RunAsync("iptables", "-w", "-F", "INPUT");

    /// <summary>Runs a command there.</summary>
    internal Task RunAsync(params string[] command) => CommandAsync([.. Inside, .. command]);

    /// <summary>Runs a command, and fails with its own words when it fails.</summary>
    internal static async Task CommandAsync(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', command)}: {string.Concat(await said).Trim()}");
    }
}
