using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace SipGateway.Edge;

/// <summary>The networks that this machine stands in, by its addresses there.</summary>
internal static class LocalNetwork
{
    /// <summary>The network of an IPv4 address of this machine; null when it is none of its own.</summary>
    public static IPNetwork? Of(IPAddress address) => NetworkInterface.GetAllNetworkInterfaces()
        .SelectMany(network => network.GetIPProperties().UnicastAddresses)
        .Where(own => own.Address.Equals(address) && own.Address.AddressFamily == AddressFamily.InterNetwork)
        .Select(own => (IPNetwork?)Of(address, own.PrefixLength))
        .FirstOrDefault();

    private static IPNetwork Of(IPAddress address, int prefixLength)
    {
        var octets = address.GetAddressBytes();
        for (var bit = prefixLength; bit < 32; bit++)
        {
            octets[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return new IPNetwork(new IPAddress(octets), prefixLength);
    }
}
