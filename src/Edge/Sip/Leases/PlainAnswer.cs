using System.Buffers.Text;
using System.Net;
using SipGateway.Sip.Plain;

namespace SipGateway.Edge;

/// <summary>Writes an answer to a plain REGISTER into a given buffer, octet for octet as <see cref="Responder"/> would.</summary>
internal ref struct PlainAnswer(Span<byte> buffer)
{
    // RFC 4291 §2.5.5.2.
    private static ReadOnlySpan<byte> Ipv4Mapped => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF];

    private readonly Span<byte> buffer = buffer;
    private int at;

    /// <summary>How long it is; 0 when the buffer was too small.</summary>
    public readonly int Length => at < 0 ? 0 : at;

    /// <summary>Status line, Via, From, To, Call-ID and CSeq.</summary>
    public void Begin(scoped ReadOnlySpan<byte> statusLine, scoped in PlainRegister register, scoped ReadOnlySpan<byte> source, uint tag)
    {
        Put(statusLine);
        Put("\r\nVia: "u8);
        if (register.RPortEnd > 0)
        {
            Put(register.Via[..register.RPortEnd]);
            Put("="u8);
            Put((source[2] << 8) | source[3]);
            Put(register.Via[register.RPortEnd..]);
            Put(";received="u8);
            PutAddress(source);
        }
        else
        {
            Put(register.Via);
        }

        Put("\r\nFrom: "u8);
        Put(register.From);
        Put("\r\nTo: "u8);
        Put(register.To);
        Put(";tag="u8);
        PutHex(tag);
        Put("\r\nCall-ID: "u8);
        Put(register.CallId);
        Put("\r\nCSeq: "u8);
        Put(register.CSeqText);
        Put("\r\n"u8);
    }

    public void Put(scoped ReadOnlySpan<byte> text)
    {
        if (at < 0 || text.Length > buffer.Length - at)
        {
            at = -1;
            return;
        }

        text.CopyTo(buffer[at..]);
        at += text.Length;
    }

    public void Put(long number)
    {
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(number, digits, out var length);
        Put(digits[..length]);
    }

    public void End() => Put("Content-Length: 0\r\n\r\n"u8);

    private void PutHex(uint number)
    {
        Span<byte> digits = stackalloc byte[8];
        Utf8Formatter.TryFormat(number, digits, out _, new System.Buffers.StandardFormat('x', 8));
        Put(digits);
    }

    private void PutAddress(scoped ReadOnlySpan<byte> source)
    {
        Span<byte> text = stackalloc byte[64];
        Put(text[..Address(source, text)]);
    }

    /// <summary>Writes an address as Via spells it.</summary>
    public static int Address(ReadOnlySpan<byte> source, Span<byte> text)
    {
        var isMapped = source.Length > 8 && source[8..20].SequenceEqual(Ipv4Mapped);
        if (source.Length > 8 && !isMapped)
        {
            new IPAddress(source[8..24]).TryFormat(text, out var written);
            return written;
        }

        var octets = isMapped ? source[20..24] : source[4..8];
        var at = 0;
        for (var i = 0; i < 4; i++)
        {
            if (i > 0)
            {
                text[at++] = (byte)'.';
            }

            Utf8Formatter.TryFormat(octets[i], text[at..], out var length);
            at += length;
        }

        return at;
    }
}
