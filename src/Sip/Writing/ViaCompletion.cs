using System.Globalization;
using System.Net;

namespace SipGateway.Sip;

/// <summary>What a server adds to the topmost Via of a request it received.</summary>
public static class ViaCompletion
{
    /// <summary>
    /// Adds <c>received</c> where the source differs from sent-by (RFC 3261 §18.2.1), and both <c>received</c> and <c>rport</c>
    /// where the sender asked
    /// (RFC 3581 §4). A <c>received</c> that the sender wrote itself is overwritten: it would direct the answer elsewhere.
    /// </summary>
    /// <returns>The same Via when nothing changes.</returns>
    public static Via Complete(Via via, IPEndPoint source)
    {
        var address = source.Address.IsIPv4MappedToIPv6 ? source.Address.MapToIPv4() : source.Address;
        var parameters = via.Parameters;
        var sentFromThere = IPAddress.TryParse(via.Host.Trim('[', ']'), out var sentBy) && sentBy.Equals(address);
        var asksForRPort = parameters.Contains("rport");
        if (!sentFromThere || asksForRPort || parameters.Contains("received"))
        {
            parameters = parameters.With("received", Format(address));
        }

        if (asksForRPort)
        {
            parameters = parameters.With("rport", source.Port.ToString(CultureInfo.InvariantCulture));
        }

        return parameters == via.Parameters ? via : via with { Parameters = parameters };
    }

    // RFC 3261 §25.1 writes via-received without brackets, also for IPv6; the zone is nobody else's business.
    private static string Format(IPAddress address) =>
        address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? new IPAddress(address.GetAddressBytes()).ToString() : address.ToString();
}
