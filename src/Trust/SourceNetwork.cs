using System.Net;
using System.Net.Sockets;

namespace SipGateway.Trust;

/// <summary>What counts as one source where tries are counted.</summary>
public static class SourceNetwork
{
    /// <summary>An IPv4 address, or the /64 that one IPv6 host can pick its addresses from (RFC 6177); its other 64 bits are 0.</summary>
    /// <param name="source">An address; IPv4 in IPv6's clothes is IPv4.</param>
    public static IPAddress Of(IPAddress source)
    {
        var address = Plain(source);
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }

    /// <summary>The address itself: a listener for both kinds shows IPv4 as <c>::ffff:192.0.2.1</c>.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
