using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SipGateway.PhoneSimulator;

/// <summary>The phone's SDP: offers PCMU and PCMA, reads where the answer wants voice.</summary>
internal static class CallOffer
{
    public static byte[] Write(IPEndPoint rtp)
    {
        var family = rtp.AddressFamily == AddressFamily.InterNetworkV6 ? "IP6" : "IP4";
        return Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"""
            v=0
            o=- 20000 20000 IN {family} {rtp.Address}
            s=SDP data
            c=IN {family} {rtp.Address}
            t=0 0
            m=audio {rtp.Port} RTP/AVP 0 8 101
            a=rtpmap:0 PCMU/8000
            a=rtpmap:8 PCMA/8000
            a=rtpmap:101 telephone-event/8000
            a=fmtp:101 0-15
            a=ptime:20
            a=sendrecv

            """).ReplaceLineEndings("\r\n"));
    }

    /// <summary>Where the other side wants voice, or null when the answer takes none.</summary>
    public static IPEndPoint? Read(ReadOnlySpan<byte> sdp)
    {
        var (address, port) = (default(IPAddress), 0);
        foreach (var line in Encoding.ASCII.GetString(sdp).Split('\n', StringSplitOptions.TrimEntries))
        {
            if (line.StartsWith("c=IN IP", StringComparison.Ordinal) && line.Split(' ') is [_, _, var text, ..])
            {
                IPAddress.TryParse(text.Split('/')[0], out address);
            }
            else if (line.StartsWith("m=audio ", StringComparison.Ordinal))
            {
                int.TryParse(line.Split(' ')[1], NumberStyles.None, CultureInfo.InvariantCulture, out port);
            }
        }

        return address is not null && port is > 0 and <= 65_535 ? new IPEndPoint(address, port) : null;
    }
}
