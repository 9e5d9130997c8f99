using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SipGateway.Edge;

/// <summary>Where and how the confirmation is sent.</summary>
/// <param name="Target">The phone's address; null: only where its own packets come from.</param>
/// <param name="Law">The codec.</param>
/// <param name="PayloadType">0 to 127.</param>
/// <param name="MaySend">False when the phone wants to hear nothing.</param>
internal readonly record struct RtpTarget(IPEndPoint? Target, G711Law Law, byte PayloadType, bool MaySend);

/// <summary>Offer and answer (RFC 3264) for one stream of G.711.</summary>
internal static class SdpNegotiation
{
    /// <summary>The answer to a phone's offer.</summary>
    /// <returns>Null when nothing in the offer can be served: 488.</returns>
    public static (string Sdp, RtpTarget Target)? Answer(SdpDescription offer, IPEndPoint local)
    {
        var chosen = offer.Media.FirstOrDefault(m => m.FindG711() is not null);
        if (chosen?.FindG711() is not { } codec || Target(chosen, codec) is not { } target)
        {
            return null;
        }

        // RFC 3264 §6: one answer section for each of the offer, in its order; a refused one has port 0.
        var sdp = Head(local);
        foreach (var media in offer.Media)
        {
            if (!ReferenceEquals(media, chosen))
            {
                sdp.Append(CultureInfo.InvariantCulture, $"m={media.Kind} 0 {media.Protocol} {string.Join(' ', media.Formats)}\r\n");
                continue;
            }

            var name = codec.Law == G711Law.MuLaw ? "PCMU" : "PCMA";
            sdp.Append(CultureInfo.InvariantCulture, $"m=audio {local.Port} {media.Protocol} {codec.Format}\r\n");
            sdp.Append(CultureInfo.InvariantCulture, $"a=rtpmap:{codec.Format} {name}/8000\r\na=ptime:20\r\n");
            sdp.Append(CultureInfo.InvariantCulture, $"a={Mirror(media.Direction)}\r\n");
        }

        return (sdp.ToString(), target);
    }

    /// <summary>Our offer, for a phone that made none.</summary>
    public static string Offer(IPEndPoint local) => Head(local)
        .Append(CultureInfo.InvariantCulture, $"m=audio {local.Port} RTP/AVP 0 8\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\n")
        .Append("a=ptime:20\r\na=sendrecv\r\n").ToString();

    /// <summary>Reads the phone's answer to our offer.</summary>
    /// <returns>Null when it took none of what was offered.</returns>
    public static RtpTarget? ReadAnswer(SdpDescription answer) =>
        answer.Media is [var media, ..] && media.FindG711() is { } codec ? Target(media, codec) : null;

    private static RtpTarget? Target(SdpMedia media, (string Format, G711Law Law) codec) =>
        byte.TryParse(codec.Format, NumberStyles.None, CultureInfo.InvariantCulture, out var type) && type < 128
            ? new RtpTarget(media.Target(), codec.Law, type, media.Direction is "sendrecv" or "recvonly")
            : null;

    private static string Mirror(string? direction) => direction switch
    {
        "sendonly" => "recvonly",
        "recvonly" => "sendonly",
        null => "sendrecv",
        var same => same,
    };

    private static StringBuilder Head(IPEndPoint local)
    {
        var family = local.AddressFamily == AddressFamily.InterNetworkV6 ? "IP6" : "IP4";
        return new StringBuilder(256).Append(
            CultureInfo.InvariantCulture,
            $"v=0\r\no=gateway {local.Port} 1 IN {family} {local.Address}\r\ns=-\r\nc=IN {family} {local.Address}\r\nt=0 0\r\n");
    }
}
