using System.Text;

namespace SipGateway.Sip.Plain;

/// <summary>
/// A REGISTER in the plain form that nearly every phone sends, read in place and without allocating: no folds, no escapes, no body, one Via,
/// one Contact at most, nothing required. Whatever is not plain is left to <see cref="SipParser"/>; what is plain means here exactly what the
/// parser and <see cref="SipRequestValidation"/> read in it.
/// </summary>
public ref struct PlainRegister
{
    private const int MaxBytes = 4096;
    private const int ContentLengthBit = 10;
    private uint seen;

    /// <summary>Host of the Request-URI.</summary>
    public ReadOnlySpan<byte> RequestHost { get; private set; }

    /// <summary>The Request-URI as received.</summary>
    public ReadOnlySpan<byte> RequestUri { get; private set; }

    /// <summary>The one Via, <c>SIP/2.0/…</c> to its last parameter.</summary>
    public ReadOnlySpan<byte> Via { get; private set; }

    /// <summary>The Via's transport, as received.</summary>
    public ReadOnlySpan<byte> ViaTransport { get; private set; }

    /// <summary>sent-by host of the Via.</summary>
    public ReadOnlySpan<byte> ViaHost { get; private set; }

    /// <summary>sent-by port of the Via; 0 when it has none.</summary>
    public int ViaPort { get; private set; }

    /// <summary>Where in <see cref="Via"/> the empty <c>rport</c> ends; 0 when there is none.</summary>
    public int RPortEnd { get; private set; }

    /// <summary>From as received.</summary>
    public ReadOnlySpan<byte> From { get; private set; }

    /// <summary>To as received; it has no tag.</summary>
    public ReadOnlySpan<byte> To { get; private set; }

    /// <summary>User of To.</summary>
    public ReadOnlySpan<byte> ToUser { get; private set; }

    /// <summary>Host of To.</summary>
    public ReadOnlySpan<byte> ToHost { get; private set; }

    /// <summary>Call-ID.</summary>
    public ReadOnlySpan<byte> CallId { get; private set; }

    /// <summary>CSeq as received.</summary>
    public ReadOnlySpan<byte> CSeqText { get; private set; }

    /// <summary>The CSeq's number.</summary>
    public uint CSeq { get; private set; }

    /// <summary>The one Contact as received; empty for none.</summary>
    public ReadOnlySpan<byte> Contact { get; private set; }

    /// <summary>Expires in seconds; -1 for none.</summary>
    public int ExpiresSeconds { get; private set; }

    /// <summary>The one Authorization as received; empty for none.</summary>
    public ReadOnlySpan<byte> Authorization { get; private set; }

    /// <summary>User-Agent; empty for none.</summary>
    public ReadOnlySpan<byte> UserAgent { get; private set; }

    /// <summary>Whether it says that it has no body, as it must on a stream (RFC 3261 §18.3).</summary>
    public readonly bool HasContentLength => (seen & (1u << ContentLengthBit)) != 0;

    /// <summary>Whether a URI names the server that was asked, and no user of it.</summary>
    public readonly bool NamesServer(ReadOnlySpan<byte> uri) =>
        uri.SequenceEqual(RequestUri)
        || (PlainText.TryReadUri(uri, out var user, out var host) && user.IsEmpty && host.SequenceEqual(RequestHost));

    /// <summary>The first message of a stream, if it is a whole plain one.</summary>
    /// <returns>Its length; 0 when it is not whole or not plain.</returns>
    public static int TryReadFirst(ReadOnlySpan<byte> stream, out PlainRegister register)
    {
        register = default;
        if (!stream.StartsWith("REGISTER "u8))
        {
            return 0;
        }

        var end = stream[..Math.Min(stream.Length, MaxBytes)].IndexOf("\r\n\r\n"u8) + 4;
        return end > 4 && TryRead(stream[..end], out register) && register.HasContentLength ? end : 0;
    }

    /// <summary>Reads a whole message.</summary>
    /// <returns>False when it is not plain, which says nothing about whether it is right.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, out PlainRegister register)
    {
        register = new PlainRegister { ExpiresSeconds = -1 };
        if (message.Length > MaxBytes || !message.StartsWith("REGISTER "u8) || !message.EndsWith("\r\n\r\n"u8))
        {
            return false;
        }

        var headers = message[..^2];
        var at = 0;
        if (!register.ReadRequestLine(TakeLine(headers, ref at)))
        {
            return false;
        }

        while (at < headers.Length)
        {
            if (!register.ReadHeader(TakeLine(headers, ref at)))
            {
                return false;
            }
        }

        return !register.Via.IsEmpty && !register.From.IsEmpty && !register.To.IsEmpty && !register.CallId.IsEmpty
            && !register.CSeqText.IsEmpty;
    }

    // Empty when there is no plain line: an empty line before the end begins a body, one that begins with a blank is a fold.
    private static ReadOnlySpan<byte> TakeLine(ReadOnlySpan<byte> headers, scoped ref int at)
    {
        var rest = headers[at..];
        var end = rest.IndexOf((byte)'\r');
        if (end <= 0 || end + 1 >= rest.Length || rest[end + 1] != '\n' || rest[0] == ' ' || !PlainText.IsPrintable(rest[..end]))
        {
            at = headers.Length;
            return default;
        }

        at += end + 2;
        return rest[..end];
    }

    private bool ReadRequestLine(ReadOnlySpan<byte> line)
    {
        if (!line.EndsWith(" SIP/2.0"u8) || line.Length < 18)
        {
            return false;
        }

        RequestUri = line[9..^8];
        var isRead = PlainText.TryReadUri(RequestUri, out var user, out var host);
        RequestHost = host;
        return isRead && user.IsEmpty && RequestUri.Length <= SipLimits.Default.MaxRequestUriBytes;
    }

    private bool ReadHeader(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        if (colon <= 0 || line.Length < colon + 2 || line[colon + 1] != ' ' || line[^1] == ' ')
        {
            return false;
        }

        var value = line[(colon + 2)..];
        var name = SipHeaderNames.Find(line[..colon]);
        return !value.IsEmpty && value[0] != ' ' && Take(name, line[..colon], value);
    }

    private bool Take(SipHeaderName name, ReadOnlySpan<byte> spelling, ReadOnlySpan<byte> value) => name switch
    {
        SipHeaderName.Via => IsFirst(0) && ReadVia(value),
        SipHeaderName.From => IsFirst(1) && ReadFrom(value),
        SipHeaderName.To => IsFirst(2) && ReadTo(value),
        SipHeaderName.CallId => IsFirst(3) && ReadCallId(value),
        SipHeaderName.CSeq => IsFirst(4) && ReadCSeq(value),
        SipHeaderName.Contact => IsFirst(5) && ReadContact(value),
        SipHeaderName.Expires => IsFirst(6) && ReadExpires(value),
        SipHeaderName.Authorization => IsFirst(7) && ReadAuthorization(value),
        SipHeaderName.UserAgent => IsFirst(8) && ReadUserAgent(value),
        SipHeaderName.MaxForwards => IsFirst(9) && PlainText.TryReadNumber(value, out var hops) && hops <= 255,
        SipHeaderName.ContentLength => IsFirst(ContentLengthBit) && value.SequenceEqual("0"u8),

        // Lists of what the phone can do. Of all option tags a registrar acts on two, and only beside reg-id or Path, which are not plain.
        SipHeaderName.Allow or SipHeaderName.AllowEvents => true,
        SipHeaderName.Supported => IsFirst(11) && PlainText.AreTokens(value),
        SipHeaderName.Unknown => SipCharacters.IsToken(spelling) && spelling.Length <= SipLimits.Default.MaxHeaderNameBytes,
        _ => false,
    };

    private bool IsFirst(int header)
    {
        var bit = 1u << header;
        var isFirst = (seen & bit) == 0;
        seen |= bit;
        return isFirst;
    }

    private bool ReadVia(ReadOnlySpan<byte> value)
    {
        var space = value.IndexOf((byte)' ');
        var semicolon = value.IndexOf((byte)';');
        if (!value.StartsWith("SIP/2.0/"u8) || space < 9 || semicolon < space || !SipCharacters.IsToken(value[8..space])
            || !PlainText.TryReadHostPort(value[(space + 1)..semicolon], out var host, out var port))
        {
            return false;
        }

        var parameters = value[semicolon..];
        var hasBranch = false;
        while (!parameters.IsEmpty)
        {
            if (!PlainText.TryTakeParameter(ref parameters, allowQuoted: false, out var name, out var text))
            {
                return false;
            }

            if (name.SequenceEqual("branch"u8) && !hasBranch && text.StartsWith("z9hG4bK"u8) && text.Length > 7)
            {
                hasBranch = true;
            }
            else if (name.SequenceEqual("rport"u8) && RPortEnd == 0 && text.IsEmpty)
            {
                RPortEnd = value.Length - parameters.Length;
            }
            else
            {
                return false;
            }
        }

        Via = value;
        ViaTransport = value[8..space];
        ViaHost = host;
        ViaPort = port;
        return hasBranch;
    }

    private bool ReadFrom(ReadOnlySpan<byte> value)
    {
        From = value;
        return PlainText.TryReadAddress(value, out var uri, out var parameters) && PlainText.TryReadUri(uri, out _, out _)
            && PlainText.TryTakeParameter(ref parameters, allowQuoted: false, out var name, out var tag)
            && name.SequenceEqual("tag"u8) && !tag.IsEmpty && parameters.IsEmpty;
    }

    private bool ReadTo(ReadOnlySpan<byte> value)
    {
        To = value;
        var isRead = PlainText.TryReadAddress(value, out var uri, out var parameters) && parameters.IsEmpty
            && PlainText.TryReadUri(uri, out var user, out var host) && SetTo(user, host);
        return isRead && !ToUser.IsEmpty;
    }

    private bool SetTo(ReadOnlySpan<byte> user, ReadOnlySpan<byte> host)
    {
        ToUser = user;
        ToHost = host;
        return true;
    }

    private bool ReadCallId(ReadOnlySpan<byte> value)
    {
        CallId = value;
        return PlainText.IsCallId(value);
    }

    private bool ReadCSeq(ReadOnlySpan<byte> value)
    {
        CSeqText = value;
        var space = value.IndexOf((byte)' ');
        var isRead = space > 0 && PlainText.TryReadNumber(value[..space], out var number) && Set(number);
        return isRead && value[(space + 1)..].SequenceEqual("REGISTER"u8);
    }

    private bool Set(int sequence)
    {
        CSeq = (uint)sequence;
        return true;
    }

    private bool ReadContact(ReadOnlySpan<byte> value)
    {
        Contact = value;
        if (!PlainText.TryReadAddress(value, out var uri, out var parameters) || !PlainText.TryReadUri(uri, out _, out _))
        {
            return false;
        }

        while (!parameters.IsEmpty)
        {
            if (!PlainText.TryTakeParameter(ref parameters, allowQuoted: true, out var name, out _) || Ascii.EqualsIgnoreCase(name, "reg-id"u8))
            {
                return false;
            }
        }

        return true;
    }

    private bool ReadExpires(ReadOnlySpan<byte> value)
    {
        var isRead = PlainText.TryReadNumber(value, out var seconds);
        ExpiresSeconds = seconds;
        return isRead;
    }

    private bool ReadAuthorization(ReadOnlySpan<byte> value)
    {
        Authorization = value;
        return true;
    }

    private bool ReadUserAgent(ReadOnlySpan<byte> value)
    {
        UserAgent = value;
        return true;
    }
}
