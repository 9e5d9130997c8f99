using System.Globalization;
using System.Net;

namespace SipGateway.Cluster.Tests.Network;

/// <summary>
/// A switch in this machine and hosts on it, each in a network namespace with an address of its own, so that cables between them can be cut. This
/// process, with its phones and its administrator, is one of the hosts. Names carry this process's id: what one that was killed left behind is
/// removed by the next.
/// </summary>
public sealed class TestNetwork : IAsyncDisposable
{
    private const string NamespacePrefix = "sipgw-";
    private const string CablePrefix = "sg";
    private const int FirstSource = 100;

    private static readonly string Own = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
    private static int _networks;

    private readonly string _bridge;
    private readonly int _number = Interlocked.Increment(ref _networks);
    private readonly byte[] _subnet;
    private int _hosts;

    private TestNetwork()
    {
        _bridge = $"{CablePrefix}{Own}b{_number}";

        // A network of its own for each process that may run beside this one.
        _subnet = [10, (byte)(200 + _number % 50), (byte)(Environment.ProcessId % 250)];
        Here = At(1);
    }

    /// <summary>Why there can be none; null when there can.</summary>
    public static string? Refusal => Environment.IsPrivilegedProcess
        ? null
        : "Network namespaces and packet filters are root's: run the tests as root to see partitions.";

    /// <summary>This process's address.</summary>
    public IPAddress Here { get; }

    public static async Task<TestNetwork> CreateAsync()
    {
        await RemoveLeftOversAsync();
        var network = new TestNetwork();
        await NetworkNamespace.CommandAsync("ip", "link", "add", network._bridge, "type", "bridge");
        await NetworkNamespace.CommandAsync("ip", "address", "add", $"{network.Here}/24", "dev", network._bridge);
        await NetworkNamespace.CommandAsync("ip", "link", "set", network._bridge, "up");
        return network;
    }

    /// <summary>One more host.</summary>
    internal Task<NetworkNamespace> AddAsync(string name)
    {
        var host = ++_hosts;
        return NetworkNamespace.CreateAsync(
            $"{NamespacePrefix}{Own}-{_number}-{name}", $"{CablePrefix}{Own}n{_number}h{host}", At(host + 1), _bridge);
    }

    /// <summary>More addresses of this process.</summary>
    internal async Task<IReadOnlyList<IPAddress>> AddSourcesAsync(int count)
    {
        var addresses = Enumerable.Range(FirstSource, count).Select(At).ToList();
        foreach (var address in addresses)
            await NetworkNamespace.CommandAsync("ip", "address", "add", $"{address}/24", "dev", _bridge);
        return addresses;
    }

    public async ValueTask DisposeAsync() => await RemoveAsync(owner => owner == Environment.ProcessId, _number);

    private static Task RemoveLeftOversAsync() => RemoveAsync(owner => !Directory.Exists($"/proc/{owner}"), number: null);

    // A namespace takes its end of the cable with it, and the end the cable.
    private static async Task RemoveAsync(Func<int, bool> isMine, int? number)
    {
        var spaces = Directory.Exists("/run/netns") ? Directory.GetFiles("/run/netns").Select(file => Path.GetFileName(file)!) : [];
        foreach (var space in spaces.Where(name => name.StartsWith(NamespacePrefix, StringComparison.Ordinal)))
        {
            if (space.Split('-') is [_, var owner, var of, ..] && int.TryParse(owner, out var id) && isMine(id) && (number is null || of == $"{number}"))
                await NetworkNamespace.CommandAsync("ip", "netns", "delete", space);
        }

        foreach (var bridge in Directory.GetDirectories("/sys/class/net", CablePrefix + "*b*").Select(path => Path.GetFileName(path)!))
        {
            if (bridge[CablePrefix.Length..].Split('b') is [var owner, var of] && int.TryParse(owner, out var id) && isMine(id) && (number is null || of == $"{number}"))
                await NetworkNamespace.CommandAsync("ip", "link", "delete", bridge);
        }
    }

    private IPAddress At(int host) => new([.. _subnet, (byte)host]);
}
