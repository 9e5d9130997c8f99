using System.Net;

namespace SipGateway.Grains.Devices;

/// <summary>What every rule may know beside state and command.</summary>
internal sealed record DeviceContext(string Mac, DateTimeOffset Now, DeviceOptions Options);

/// <summary>Where a packet came from, judged.</summary>
internal static class SourceRules
{
    /// <summary>The address without its port.</summary>
    public static string Address(string source) => IPEndPoint.TryParse(source, out var end) ? Plain(end.Address).ToString() : source;

    public static bool IsTrusted(string source, IEnumerable<string> ranges) =>
        IPEndPoint.TryParse(source, out var end)
        && ranges.Any(r => IPNetwork.TryParse(r, out var network) && network.Contains(Plain(end.Address)));

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
