using System.Net;
using System.Text;

namespace SipGateway.Sip;

/// <summary>Makes the response to a request (RFC 3261 §8.2.6): Via, From, To, Call-ID and CSeq are copied octet by octet.</summary>
public sealed class SipResponseBuilder : SipMessageBuilder<SipResponseBuilder>
{
    private SipResponseBuilder()
    {
    }

    /// <summary>Begins a response. Works for a rejected request too: what could not be read is left out.</summary>
    /// <param name="request">The request.</param>
    /// <param name="statusCode">100 to 699.</param>
    /// <param name="reasonPhrase">Null for the customary one.</param>
    /// <param name="toTag">The tag to add where To has none; null for none, as in a 100.</param>
    /// <param name="source">Where the request came from: <c>received</c> and <c>rport</c> are added to the topmost Via (RFC
    /// 3261 §18.2.1, RFC 3581 §4); null to add nothing.</param>
    /// <exception cref="ArgumentException">Phrase or tag hold a control character, or the tag is no token.</exception>
    public static SipResponseBuilder For(
        SipRequest request, int statusCode, string? reasonPhrase = null, string? toTag = null, IPEndPoint? source = null)
    {
        var builder = new SipResponseBuilder();
        builder.Writer.StatusLine(statusCode, reasonPhrase ?? SipReasonPhrases.For(statusCode));
        builder.CopyVias(request, source);
        builder.Copy(request, SipHeaderName.From);
        builder.CopyTo(request, toTag);
        builder.Copy(request, SipHeaderName.CallId);
        builder.Copy(request, SipHeaderName.CSeq);
        return builder;
    }

    /// <summary>Copies every header line of that name, e.g. Record-Route or Path, octet by octet.</summary>
    public SipResponseBuilder CopyAll(SipRequest request, SipHeaderName name)
    {
        foreach (var header in request.GetHeaders(name))
        {
            Writer.HeaderOctets(name, header.RawValue.Span);
        }

        return this;
    }

    private void CopyVias(SipRequest request, IPEndPoint? source)
    {
        var isTop = true;
        foreach (var header in request.GetHeaders(SipHeaderName.Via))
        {
            if (isTop && source is not null && request.TopVia is { } top)
            {
                WriteTopVia(header.RawValue.Span, top, source);
            }
            else
            {
                Writer.HeaderOctets(SipHeaderName.Via, header.RawValue.Span);
            }

            isTop = false;
        }
    }

    private void WriteTopVia(ReadOnlySpan<byte> raw, Via top, IPEndPoint source)
    {
        var completed = ViaCompletion.Complete(top, source);
        if (ReferenceEquals(completed, top))
        {
            Writer.HeaderOctets(SipHeaderName.Via, raw);
            return;
        }

        var cursor = new SipCursor(raw);
        _ = Via.Read(ref cursor);
        Writer.HeaderOctets(SipHeaderName.Via, [.. Encoding.UTF8.GetBytes(completed.ToString()), .. cursor.Rest]);
    }

    private void CopyTo(SipRequest request, string? toTag)
    {
        if (toTag is null || request.To is null or { Tag: not null } || !request.TryGetHeader(SipHeaderName.To, out var header))
        {
            Copy(request, SipHeaderName.To);
            return;
        }

        var tag = Encoding.UTF8.GetBytes(toTag);
        if (!SipCharacters.IsToken(tag))
        {
            throw new ArgumentException("A tag is a token.", nameof(toTag));
        }

        Writer.HeaderOctets(SipHeaderName.To, [.. header.RawValue.Span, .. ";tag="u8, .. tag]);
    }

    private void Copy(SipRequest request, SipHeaderName name)
    {
        if (request.TryGetHeader(name, out var header))
        {
            Writer.HeaderOctets(name, header.RawValue.Span);
        }
    }
}
