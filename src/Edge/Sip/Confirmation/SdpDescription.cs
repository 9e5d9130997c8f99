using System.Globalization;
using System.Net;
using System.Text;

namespace SipGateway.Edge;

/// <summary>What a session description says about media (RFC 8866); everything else in it is passed over.</summary>
/// <param name="Media">The sections in order.</param>
internal sealed record SdpDescription(IReadOnlyList<SdpMedia> Media)
{
    /// <summary>Most octets. A phone's offer has under 2 KB.</summary>
    public const int MaxBytes = 8 * 1024;

    private const int MaxMedia = 16;
    private const int MaxFormats = 64;

    private static readonly string[] Directions = ["sendrecv", "sendonly", "recvonly", "inactive"];

    /// <summary>Reads a description; null when it is none or breaks a bound.</summary>
    public static SdpDescription? Parse(ReadOnlySpan<byte> body)
    {
        if (body.Length > MaxBytes || !body.StartsWith("v=0"u8))
        {
            return null;
        }

        var session = new SdpMedia("session", 0, string.Empty, []);
        var media = new List<SdpMedia>();
        foreach (var line in Encoding.UTF8.GetString(body).Split('\n').Select(l => l.TrimEnd('\r')).Where(l => l.Length > 2 && l[1] == '='))
        {
            if (line[0] == 'm')
            {
                if (media.Count == MaxMedia || ReadMedia(line[2..]) is not { } section)
                {
                    return null;
                }

                media.Add(section);
            }
            else
            {
                ReadLine(media.Count == 0 ? session : media[^1], line[0], line[2..]);
            }
        }

        foreach (var section in media)
        {
            section.Address ??= session.Address;
            section.Direction ??= session.Direction ?? "sendrecv";
        }

        return new SdpDescription(media);
    }

    private static SdpMedia? ReadMedia(string value)
    {
        var parts = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length is >= 4 and <= 3 + MaxFormats
            && int.TryParse(parts[1].Split('/')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535
            ? new SdpMedia(parts[0], port, parts[2], parts[3..])
            : null;
    }

    private static void ReadLine(SdpMedia section, char type, string value)
    {
        if (type == 'c')
        {
            var address = value.Split(' ')[^1].Split('/')[0];
            section.Address = IPAddress.TryParse(address, out var parsed) ? parsed : null;
        }
        else if (type == 'a' && Directions.Contains(value))
        {
            section.Direction = value;
        }
        else if (type == 'a' && value.StartsWith("rtpmap:", StringComparison.Ordinal) && section.RtpMaps.Count < MaxFormats
            && value[7..].Split(' ', 2) is [var format, var encoding])
        {
            section.RtpMaps[format] = encoding.Trim();
        }
    }
}
