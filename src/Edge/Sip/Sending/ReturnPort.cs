using System.Net;
using SipGateway.Sip;

namespace SipGateway.Edge;

/// <summary>The port that the response to a datagram goes to.</summary>
internal static class ReturnPort
{
    // RFC 3261 §18.2.2: without rport the answer goes to the sent-by port. Behind a NAT that port leads nowhere, so it counts only where
    // the sent-by address is the one the request came from.

    /// <summary>Null: the one it came from.</summary>
    public static int? Of(SipRequest request, IPEndPoint remote)
    {
        if (request.TopVia is not { } via || via.Parameters.Contains("rport") || !IPAddress.TryParse(via.Host.Trim('[', ']'), out var host))
        {
            return null;
        }

        var source = remote.Address.IsIPv4MappedToIPv6 ? remote.Address.MapToIPv4() : remote.Address;
        var port = via.Port ?? 5060;
        return host.Equals(source) && port != remote.Port && port > 0 ? port : null;
    }
}
