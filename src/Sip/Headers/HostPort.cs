using System.Net;
using System.Text;

namespace SipGateway.Sip;

/// <summary>The grammar <c>host [ COLON port ]</c>; the host is a name, an IPv4 address, or an IPv6 address in brackets.</summary>
internal static class HostPort
{
    public static bool TryRead(ref SipCursor cursor, bool blanksAroundColon, out string host, out int? port)
    {
        host = string.Empty;
        port = null;
        if (cursor.Peek == '[')
        {
            var end = cursor.Rest.IndexOf((byte)']');
            if (end < 0 || !IsIPv6(cursor.Rest[1..end]))
            {
                return false;
            }

            host = SipCursor.Decode(cursor.Take(end + 1));
        }
        else
        {
            if (!cursor.TryReadAll(SipCharacters.HostName, out var name))
            {
                return false;
            }

            host = SipCursor.Decode(name);
        }

        if (!(blanksAroundColon ? cursor.TryConsumeSeparator((byte)':') : cursor.TryConsume((byte)':')))
        {
            return true;
        }

        if (!cursor.TryReadAll(SipCharacters.Digits, out var digits) || !SipNumber.TryParsePort(digits, out var number))
        {
            return false;
        }

        port = number;
        return true;
    }

    private static bool IsIPv6(ReadOnlySpan<byte> text)
    {
        // A zone ("%eth0") means nothing to a peer; 45 characters is the longest form.
        if (text.Length is < 2 or > 45 || text.Contains((byte)'%') || !text.Contains((byte)':'))
        {
            return false;
        }

        Span<char> characters = stackalloc char[text.Length];
        Encoding.ASCII.GetChars(text, characters);
        return IPAddress.TryParse(characters, out _);
    }
}
