using System.Net;
using System.Net.Sockets;

namespace SipGateway.Edge;

/// <summary>One <c>m=</c> section of a session description (RFC 8866 §5.14).</summary>
/// <param name="Kind"><c>audio</c>, <c>video</c>, …</param>
/// <param name="Port">0: not wanted.</param>
/// <param name="Protocol"><c>RTP/AVP</c> and others.</param>
/// <param name="Formats">Payload types as text, in order of preference.</param>
internal sealed record SdpMedia(string Kind, int Port, string Protocol, IReadOnlyList<string> Formats)
{
    /// <summary>The address of the section's own <c>c=</c>, else the session's; null when it is a name or absent.</summary>
    public IPAddress? Address { get; set; }

    /// <summary>Encoding by payload type, such as <c>PCMU/8000</c>.</summary>
    public Dictionary<string, string> RtpMaps { get; } = [];

    /// <summary><c>sendrecv</c>, <c>sendonly</c>, <c>recvonly</c> or <c>inactive</c>; null: the session's.</summary>
    public string? Direction { get; set; }

    /// <summary>The first format that is G.711; null when there is none, or the transport is not plain RTP.</summary>
    public (string Format, G711Law Law)? FindG711()
    {
        if (Kind != "audio" || Port == 0 || Protocol is not ("RTP/AVP" or "RTP/AVPF"))
        {
            return null;
        }

        foreach (var format in Formats)
        {
            var encoding = RtpMaps.GetValueOrDefault(format) ?? format switch { "0" => "PCMU/8000", "8" => "PCMA/8000", _ => string.Empty };
            if (encoding.StartsWith("PCMU/8000", StringComparison.OrdinalIgnoreCase))
            {
                return (format, G711Law.MuLaw);
            }

            if (encoding.StartsWith("PCMA/8000", StringComparison.OrdinalIgnoreCase))
            {
                return (format, G711Law.ALaw);
            }
        }

        return null;
    }

    /// <summary>Where to send; null when that is on hold, a name, or no single host: then the phone's own packets show the way.</summary>
    public IPEndPoint? Target() => Address is { AddressFamily: AddressFamily.InterNetwork or AddressFamily.InterNetworkV6 } address
        && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any) && !address.Equals(IPAddress.Broadcast)
        && !address.IsIPv6Multicast && (address.AddressFamily == AddressFamily.InterNetworkV6 || address.GetAddressBytes()[0] < 224)
        ? new IPEndPoint(address, Port)
        : null;
}
