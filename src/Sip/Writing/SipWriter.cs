using System.Buffers;
using System.Globalization;
using System.Text;

namespace SipGateway.Sip;

/// <summary>
/// Writes lines of a message. Every text passes here, and a CR, LF, NUL or other control character in one is refused: no value
/// can become a
/// header (RFC 3261 §25.1). Such a value is the caller's mistake, hence an exception.
/// </summary>
public sealed class SipWriter
{
    private static readonly SearchValues<char> ForbiddenCharacters = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Where(c => c != '\t').Select(c => (char)c), '\x7F']);

    /// <summary>What other software takes for a line end. Apart, because a search among ASCII characters is several times faster.</summary>
    private static readonly SearchValues<char> ForbiddenBeyondAscii = SearchValues.Create('\x85', '\u2028', '\u2029');

    private static readonly SearchValues<byte> LineEnds = SearchValues.Create("\r\n"u8);

    private readonly ArrayBufferWriter<byte> _buffer = new(512);

    /// <summary>The octets written so far.</summary>
    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    /// <summary>Writes <c>METHOD uri SIP/2.0</c>.</summary>
    /// <exception cref="ArgumentException">The URI is empty or holds a blank or control character.</exception>
    public void RequestLine(SipMethod method, string requestUri)
    {
        if (method.Text.Length == 0 || requestUri.Length == 0 || requestUri.Contains(' '))
        {
            throw new ArgumentException("A request line has a method and a URI without blanks.", nameof(requestUri));
        }

        Text(method.Text);
        Octets(" "u8);
        Text(requestUri);
        Octets(" SIP/2.0\r\n"u8);
    }

    /// <summary>Writes <c>SIP/2.0 code phrase</c>.</summary>
    /// <exception cref="ArgumentException">The code is not 100 to 699, or the phrase holds a control character.</exception>
    public void StatusLine(int statusCode, string reasonPhrase)
    {
        if (statusCode is < 100 or > 699)
        {
            throw new ArgumentOutOfRangeException(nameof(statusCode), statusCode, "A status code is 100 to 699.");
        }

        Octets("SIP/2.0 "u8);
        Text(statusCode.ToString(CultureInfo.InvariantCulture));
        Octets(" "u8);
        Text(reasonPhrase);
        Octets("\r\n"u8);
    }

    /// <summary>Writes one header line.</summary>
    /// <exception cref="ArgumentException">The value holds a control character.</exception>
    public void Header(SipHeaderName name, string value) => HeaderLine(name.Text(), value);

    /// <summary>Writes one header line.</summary>
    /// <exception cref="ArgumentException">The name is no token, or the value holds a control character.</exception>
    public void Header(string name, string value)
    {
        if (!SipCharacters.IsToken(Encoding.UTF8.GetBytes(name)))
        {
            throw new ArgumentException("A header's name is a token.", nameof(name));
        }

        HeaderLine(name, value);
    }

    /// <summary>Writes one header line whose value comes from a parsed message, octet by octet, quoted pairs included.</summary>
    /// <exception cref="ArgumentException">The value holds a CR or LF, which no parsed value does.</exception>
    public void HeaderOctets(SipHeaderName name, ReadOnlySpan<byte> value)
    {
        if (value.ContainsAny(LineEnds))
        {
            throw new ArgumentException("A header value holds no CR or LF.", nameof(value));
        }

        Text(name.Text());
        Octets(": "u8);
        Octets(value);
        Octets("\r\n"u8);
    }

    /// <summary>Ends the message: Content-Type where there is a body, Content-Length always, the empty line, the body.</summary>
    public void End(string? contentType, ReadOnlySpan<byte> body)
    {
        if (contentType is not null)
        {
            Header(SipHeaderName.ContentType, contentType);
        }

        Header(SipHeaderName.ContentLength, body.Length.ToString(CultureInfo.InvariantCulture));
        Octets("\r\n"u8);
        Octets(body);
    }

    /// <summary>The octets written so far, as a copy.</summary>
    public byte[] ToArray() => _buffer.WrittenSpan.ToArray();

    /// <summary>Refuses what must not stand in a line.</summary>
    /// <exception cref="ArgumentException">It holds a control character.</exception>
    internal static void ThrowIfUnsafe(string text)
    {
        if (text.AsSpan().ContainsAny(ForbiddenCharacters) || (!Ascii.IsValid(text) && text.AsSpan().ContainsAny(ForbiddenBeyondAscii)))
        {
            throw new ArgumentException("A CR, LF or other control character cannot stand in a SIP header.", nameof(text));
        }
    }

    private void HeaderLine(string name, string value)
    {
        Text(name);
        Octets(": "u8);
        Text(value);
        Octets("\r\n"u8);
    }

    private void Text(string text)
    {
        ThrowIfUnsafe(text);
        Encoding.UTF8.GetBytes(text, _buffer);
    }

    private void Octets(ReadOnlySpan<byte> octets) => _buffer.Write(octets);
}
