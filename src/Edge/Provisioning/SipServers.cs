using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge;

/// <summary>An edge as phones reach it over SIP.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">UDP and TCP.</param>
internal sealed record SipServer(string Host, int Port)
{
    private const char RegionMark = '=';

    // RFC 3261 §19.1.2.
    private const int DefaultPort = 5060;

    /// <summary>The region it stands in; empty for none.</summary>
    public string Region { get; init; } = "";

    /// <summary>
    /// Reads <c>HOST</c> or <c>HOST:PORT</c>, an IPv6 address in brackets, with <c>REGION=</c> in front or without; null when it is none of these.
    /// </summary>
    public static SipServer? Parse(string text)
    {
        var mark = text.IndexOf(RegionMark, StringComparison.Ordinal);
        if (mark < 0) return ParseAddress(text);
        return RegionName.IsValid(text[..mark]) && ParseAddress(text[(mark + 1)..]) is { } server ? server with { Region = text[..mark] } : null;
    }

    /// <summary>Whether both are one: phones know a server by its address.</summary>
    public bool HasAddressOf(SipServer other) => (Host, Port) == (other.Host, other.Port);

    private static SipServer? ParseAddress(string text)
    {
        var port = DefaultPort;
        var end = text.StartsWith('[') ? text.IndexOf(']', StringComparison.Ordinal) + 1 : text.IndexOf(':', StringComparison.Ordinal);
        var host = end > 0 ? text[..end] : text;
        if (text.StartsWith('[') && end == 0) return null;
        if (end > 0 && end < text.Length && !(text[end] == ':'
            && int.TryParse(text.AsSpan(end + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= 65_535))
        {
            return null;
        }

        host = host.Trim('[', ']');
        var isWildcard = IPAddress.TryParse(host, out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));
        return isWildcard || Uri.CheckHostName(host) is UriHostNameType.Unknown or UriHostNameType.Basic ? null : new SipServer(host, port);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}

/// <summary>Which edge a phone goes to first, and where when that one is gone.</summary>
internal static class SipServers
{
    /// <summary>
    /// All servers in an order of this phone's own, by rendezvous hashing: phones spread evenly, and a server that is added takes its share from each of the
    /// others and moves no phone between them.
    /// </summary>
    /// <param name="mac">Whose order.</param>
    /// <param name="region">The region the phone is sent to, whose servers go first, then those of no region, then those of others; empty for none.</param>
    /// <param name="servers">All of them.</param>
    public static IReadOnlyList<SipServer> OrderFor(string mac, string region, IReadOnlyList<SipServer> servers) => servers.Count < 2 ? servers :
    [
        .. servers.OrderBy(server => Distance(region, server)).ThenByDescending(server => Weight(mac, server))
            .ThenBy(server => server.ToString(), StringComparer.Ordinal),
    ];

    // A phone that is sent nowhere is everybody's.
    private static int Distance(string region, SipServer server) => region.Length == 0 || server.Region == region ? 0 : server.Region.Length == 0 ? 1 : 2;

    private static ulong Weight(string mac, SipServer server) =>
        BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{mac} {server}")));
}
