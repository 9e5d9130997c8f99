using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace SipGateway.Edge;

/// <summary>
/// The addresses behind a wildcard. Each gets a socket of its own, because an answer must leave from the address the packet came to
/// and a wildcard socket does not say which that was.
/// </summary>
internal static class LocalAddresses
{
    public static IReadOnlyList<IPAddress> Of(IPAddress bind)
    {
        var isIPv4Only = bind.Equals(IPAddress.Any);
        if (!isIPv4Only && !bind.Equals(IPAddress.IPv6Any))
        {
            return [bind];
        }

        return
        [
            .. NetworkInterface.GetAllNetworkInterfaces()
                .Where(i => i.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown)
                .SelectMany(i => i.GetIPProperties().UnicastAddresses)
                .Select(a => a.Address)
                .Where(a => a.AddressFamily == AddressFamily.InterNetwork || (!isIPv4Only && !a.IsIPv6LinkLocal))
                .Distinct(),
        ];
    }
}
