using System.Globalization;

namespace SipGateway.PhoneSimulator;

/// <summary>Servers as phones are told them: a host, and perhaps a port.</summary>
internal static class HostAndPort
{
    /// <summary>Host and port; null for an empty text.</summary>
    public static (string Host, int Port)? Parse(string? text, int usualPort = 5060)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var colon = text.LastIndexOf(':');
        return colon > 0 && !text.EndsWith(']') && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? (text[..colon], port)
            : (text, usualPort);
    }
}
