using System.Globalization;

namespace SipGateway.Sip;

/// <content>The headers as types.</content>
public abstract partial class SipMessage
{
    private Via? _topVia;
    private NameAddress? _from;
    private NameAddress? _to;
    private CSeq? _cseq;
    private string? _callId;
    private ContactList? _contacts;

    /// <summary>The topmost Via.</summary>
    public Via? TopVia => _topVia ??= ReadTopVia();

    /// <summary>All Vias from the top down; null when one breaks its grammar, empty when there is none.</summary>
    public IReadOnlyList<Via>? Vias => ReadAll(SipHeaderName.Via, Via.Read);

    /// <summary>Who sends (RFC 3261 §8.1.1.3).</summary>
    public NameAddress? From => _from ??= NameAddress.Parse(RawValue(SipHeaderName.From));

    /// <summary>Whom it is meant for (RFC 3261 §8.1.1.2).</summary>
    public NameAddress? To => _to ??= NameAddress.Parse(RawValue(SipHeaderName.To));

    /// <summary>The Call-ID; null when it is absent, empty, or has a blank inside.</summary>
    public string? CallId => _callId ??= RawValue(SipHeaderName.CallId) is { IsEmpty: false } raw && !raw.ContainsAny(SipCharacters.Blanks)
        ? SipCursor.Decode(raw)
        : null;

    /// <summary>The sequence number and method.</summary>
    public CSeq? CSeq => _cseq ??= CSeq.Parse(RawValue(SipHeaderName.CSeq));

    /// <summary>All contacts, or the star; empty when there is none, null when one breaks its grammar.</summary>
    public ContactList? Contacts => _contacts ??= ReadContacts();

    /// <summary>The Expires header in seconds, a huge one as 2^32 − 1; null when it is absent or no number.</summary>
    public uint? ExpiresSeconds => SipNumber.TryParseSeconds(RawValue(SipHeaderName.Expires), out var seconds) ? seconds : null;

    /// <summary>Max-Forwards, 0 to 255.</summary>
    public int? MaxForwards =>
        SipNumber.TryParseSeconds(RawValue(SipHeaderName.MaxForwards), out var hops) && hops <= 255 ? (int)hops : null;

    /// <summary>The Content-Length header; null when it is absent or no number. Framing was settled by the parser: use
    /// <see cref="Body"/>.</summary>
    public int? ContentLength =>
        int.TryParse(RawValue(SipHeaderName.ContentLength), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? length
            : null;

    /// <summary>The type of the body.</summary>
    public ContentType? ContentType => ContentType.Parse(RawValue(SipHeaderName.ContentType));

    /// <summary>The event of SUBSCRIBE, NOTIFY and PUBLISH.</summary>
    public EventHeader? Event => EventHeader.Parse(RawValue(SipHeaderName.Event));

    /// <summary>The option tags of Require; null when something there is no token.</summary>
    public IReadOnlyList<string>? Require => ReadTokens(SipHeaderName.Require);

    /// <summary>The option tags of Proxy-Require.</summary>
    public IReadOnlyList<string>? ProxyRequire => ReadTokens(SipHeaderName.ProxyRequire);

    /// <summary>The option tags of Supported.</summary>
    public IReadOnlyList<string>? Supported => ReadTokens(SipHeaderName.Supported);

    /// <summary>The methods of Allow.</summary>
    public IReadOnlyList<string>? Allow => ReadTokens(SipHeaderName.Allow);

    /// <summary>The User-Agent as text. It proves nothing.</summary>
    public string? UserAgent => GetText(SipHeaderName.UserAgent);

    /// <summary>The Authorization values as received, one per header line (RFC 3261 §7.3.1: they are never joined by commas).</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Authorizations => RawValues(SipHeaderName.Authorization);

    /// <summary>The Proxy-Authorization values as received, one per header line.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> ProxyAuthorizations => RawValues(SipHeaderName.ProxyAuthorization);

    /// <summary>The Route set as received, topmost first; null when one breaks its grammar.</summary>
    public IReadOnlyList<NameAddress>? Routes => ReadAll(SipHeaderName.Route, NameAddress.Read);

    /// <summary>The Record-Route set, topmost first; null when one breaks its grammar.</summary>
    public IReadOnlyList<NameAddress>? RecordRoutes => ReadAll(SipHeaderName.RecordRoute, NameAddress.Read);

    /// <summary>The Path vector (RFC 3327), topmost first; null when one breaks its grammar.</summary>
    public IReadOnlyList<NameAddress>? Paths => ReadAll(SipHeaderName.Path, NameAddress.Read);

    private delegate T? ReadOne<T>(ref SipCursor cursor)
        where T : class;

    private Via? ReadTopVia()
    {
        var cursor = new SipCursor(RawValue(SipHeaderName.Via));
        return Via.Read(ref cursor);
    }

    private ContactList? ReadContacts()
    {
        var count = CountOf(SipHeaderName.Contact);
        if (count == 0)
        {
            return ContactList.Empty;
        }

        if (RawValue(SipHeaderName.Contact).SequenceEqual("*"u8))
        {
            return count == 1 ? ContactList.Star : null;
        }

        return ReadAll(SipHeaderName.Contact, NameAddress.Read) is { } addresses ? new ContactList(false, addresses) : null;
    }

    private IEnumerable<ReadOnlyMemory<byte>> RawValues(SipHeaderName name) => GetHeaders(name).Select(header => header.RawValue);

    private List<string>? ReadTokens(SipHeaderName name)
    {
        var tokens = new List<string>();
        foreach (ref readonly var slice in _headers.AsSpan())
        {
            if (slice.Name == name && !TokenList.TryRead(_bytes.AsSpan(slice.ValueStart, slice.ValueLength), tokens))
            {
                return null;
            }
        }

        return tokens;
    }

    /// <summary>Reads comma lists over all header lines of a name (RFC 3261 §7.3.1).</summary>
    private List<T>? ReadAll<T>(SipHeaderName name, ReadOne<T> read)
        where T : class
    {
        var values = new List<T>();
        foreach (ref readonly var slice in _headers.AsSpan())
        {
            if (slice.Name != name)
            {
                continue;
            }

            var cursor = new SipCursor(_bytes.AsSpan(slice.ValueStart, slice.ValueLength));
            do
            {
                if (read(ref cursor) is not { } value)
                {
                    return null;
                }

                values.Add(value);
            }
            while (cursor.TryConsumeSeparator((byte)','));

            if (!cursor.AtEnd)
            {
                return null;
            }
        }

        return values;
    }
}
