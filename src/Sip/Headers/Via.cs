using System.Globalization;

namespace SipGateway.Sip;

/// <summary>One Via value (RFC 3261 §20.42, RFC 3581).</summary>
public sealed record Via
{
    /// <summary>What every branch made by RFC 3261 begins with (§8.1.1.7).</summary>
    public const string MagicCookie = "z9hG4bK";

    private const string SipVersion = "SIP/2.0";

    /// <summary>The protocol and its version, <c>SIP/2.0</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>The transport as received: UDP, TCP, TLS, SCTP, WS, WSS, or any other token.</summary>
    public required string Transport { get; init; }

    /// <summary>The sent-by host: a name, an IPv4 address, or an IPv6 address in brackets.</summary>
    public required string Host { get; init; }

    /// <summary>The sent-by port; null when the transport's default is meant.</summary>
    public int? Port { get; init; }

    /// <summary>All parameters in order.</summary>
    public SipParameters Parameters { get; init; }

    /// <summary>The branch; null in messages after RFC 2543.</summary>
    public string? Branch => Parameters["branch"];

    /// <summary>Whether the branch is unique by itself: magic cookie and something after it.</summary>
    public bool HasRfc3261Branch =>
        Branch is { } branch && branch.Length > MagicCookie.Length && branch.StartsWith(MagicCookie, StringComparison.OrdinalIgnoreCase);

    /// <summary>The address the next hop saw, where it differs from <see cref="Host"/>.</summary>
    public string? Received => Parameters["received"];

    /// <summary>The port the next hop saw; null when it is absent or still empty.</summary>
    public int? RPort => Parameters["rport"] is { } text && SipNumber.TryParsePort(text, out var port) ? port : null;

    /// <summary>Whether the sender asks for an answer to its source port (RFC 3581 §3).</summary>
    public bool AsksForRPort => Parameters.TryGet("rport", out var value) && string.IsNullOrEmpty(value);

    /// <summary>sent-by: <c>host</c> or <c>host:port</c>.</summary>
    public string SentBy => Port is { } port ? Host + ":" + port.ToString(CultureInfo.InvariantCulture) : Host;

    /// <summary>The value as it is written.</summary>
    public override string ToString() => Protocol + "/" + Transport + " " + SentBy + Parameters;

    /// <summary>Reads one value and stops at its comma or end.</summary>
    internal static Via? Read(ref SipCursor cursor)
    {
        cursor.SkipBlanks();
        if (!cursor.TryReadToken(out var name) || !cursor.TryConsumeSeparator((byte)'/')
            || !cursor.TryReadToken(out var version) || !cursor.TryConsumeSeparator((byte)'/')
            || !cursor.TryReadToken(out var transport) || cursor.Peek is not ((byte)' ' or (byte)'\t'))
        {
            return null;
        }

        cursor.SkipBlanks();
        if (!HostPort.TryRead(ref cursor, blanksAroundColon: true, out var host, out var port)
            || !SipParameters.TryRead(ref cursor, out var parameters))
        {
            return null;
        }

        cursor.SkipBlanks();
        return !cursor.AtEnd && cursor.Peek != ',' ? null : new Via
        {
            Protocol = name.SequenceEqual("SIP"u8) && version.SequenceEqual("2.0"u8)
                ? SipVersion
                : SipCursor.Decode(name) + "/" + SipCursor.Decode(version),
            Transport = KnownTexts.Decode(transport),
            Host = host,
            Port = port,
            Parameters = parameters,
        };
    }
}
