using System.Net;
using System.Net.Sockets;
using SipGateway.Trust;

namespace SipGateway.Grains.Devices;

/// <summary>What every rule may know beside state and command.</summary>
internal sealed record DeviceContext(string Mac, DateTimeOffset Now, DeviceOptions Options);

/// <summary>Where a packet came from, judged.</summary>
internal static class SourceRules
{
    /// <summary>The address without its port.</summary>
    public static string Address(string source) => IPEndPoint.TryParse(source, out var end) ? SourceNetwork.Plain(end.Address).ToString() : source;

    /// <summary>Whoever has one address has this network: the address itself, or the 64 bits before an IPv6 interface.</summary>
    public static string Network(string source)
    {
        if (!IPEndPoint.TryParse(source, out var end)) return source;
        var network = SourceNetwork.Of(end.Address);
        return network.AddressFamily == AddressFamily.InterNetworkV6 ? network + "/64" : network.ToString();
    }

    public static bool IsTrusted(string source, IEnumerable<string> ranges) =>
        IPEndPoint.TryParse(source, out var end)
        && ranges.Any(r => IPNetwork.TryParse(r, out var network) && network.Contains(SourceNetwork.Plain(end.Address)));
}
