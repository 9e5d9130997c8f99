using System.Net;
using SipGateway.Sip;

namespace SipGateway.Edge;

/// <summary>By which hosts this edge is meant: its domain, its public name, and the address that a packet came to.</summary>
internal sealed class OurNames(EdgeSipOptions options)
{
    /// <summary>Whether the URI's host is ours.</summary>
    public bool IsOurs(SipUri? uri, Flow flow) => uri is { IsSip: true } && IsOurs(uri.Host, flow);

    private bool IsOurs(string host, Flow flow)
    {
        var name = host.Trim('[', ']').TrimEnd('.');
        return Is(name, options.Domain) || Is(name, options.PublicHost)
            || (IPAddress.TryParse(name, out var address) && address.Equals(flow.Local.Address));
    }

    private static bool Is(string host, string ours) => string.Equals(host, ours.Trim('[', ']'), StringComparison.OrdinalIgnoreCase);
}
