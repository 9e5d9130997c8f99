using System.Buffers.Binary;
using System.Net;

namespace SipGateway.Edge;

/// <summary>
/// What counts as one source: an IPv4 address, or the /64 of an IPv6 host, which has 2^64 addresses for the asking. Eight octets hold either.
/// </summary>
internal static class SourceKey
{
    // RFC 4291 §2.5.5.2.
    private static ReadOnlySpan<byte> Ipv4Mapped => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF];

    public static ulong Of(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        return OfAddress(bytes[..length]);
    }

    /// <param name="peer">Address and port as <see cref="PeerKey"/> has them.</param>
    public static ulong OfPeer(ReadOnlySpan<byte> peer) => OfAddress(peer.Length > 8 ? peer[8..24] : peer[4..8]);

    // The first 32 bits of a routed IPv6 network are never 0, so that the two kinds do not meet.
    private static ulong OfAddress(ReadOnlySpan<byte> address) => address.Length == 16 && !address.StartsWith(Ipv4Mapped)
        ? BinaryPrimitives.ReadUInt64BigEndian(address)
        : BinaryPrimitives.ReadUInt32BigEndian(address[^4..]);
}
