using System.Net;
using Microsoft.AspNetCore.Http;

namespace SipGateway.Edge;

/// <summary>Who really asks: the TCP peer, or whom a listed proxy says it speaks for.</summary>
/// <param name="Address">IPv4 in its own form, never mapped into IPv6: the SIP side must see the same phone under the same address.</param>
/// <param name="Port">The peer's port; 0 when a proxy did not tell it.</param>
/// <param name="IsSecure">TLS all the way from the phone.</param>
internal sealed record Peer(IPAddress Address, int Port, bool IsSecure)
{
    private const string ForwardedFor = "X-Forwarded-For";
    private const string ForwardedProto = "X-Forwarded-Proto";

    /// <summary>Address and port, as grains are told it.</summary>
    public string Source => new IPEndPoint(Address, Port).ToString();

    /// <summary>Reads forwarded headers from the right, and only as far as listed proxies wrote them.</summary>
    public static Peer Of(HttpContext http, IReadOnlyList<IPNetwork> proxies)
    {
        var address = Plain(http.Connection.RemoteIpAddress ?? IPAddress.None);
        var direct = new Peer(address, http.Connection.RemotePort, http.Request.IsHttps);
        var hops = Values(http, ForwardedFor);
        if (hops.Length == 0 || !IsProxy(address, proxies)) return direct;
        var found = new IPEndPoint(address, direct.Port);
        for (var i = hops.Length - 1; i >= 0 && IsProxy(found.Address, proxies) && IPEndPoint.TryParse(hops[i], out var hop); i--)
        {
            found = new IPEndPoint(Plain(hop.Address), hop.Port);
        }

        // What the nearest proxy saw; one that does not tell is taken for plain, which costs a phone its line and gives nobody a secret.
        var isSecure = Values(http, ForwardedProto) is [.., var scheme] && scheme.Equals("https", StringComparison.OrdinalIgnoreCase);
        return new Peer(found.Address, found.Port, isSecure);
    }

    private static string[] Values(HttpContext http, string header) =>
        http.Request.Headers[header].ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static bool IsProxy(IPAddress address, IReadOnlyList<IPNetwork> proxies) => proxies.Any(p => p.Contains(address));

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
