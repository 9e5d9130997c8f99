using System.Globalization;

namespace SipGateway.Sip;

/// <summary>Makes a request. The caller gives every identifier, for this library has no random numbers and no clock.</summary>
public sealed class SipRequestBuilder : SipMessageBuilder<SipRequestBuilder>
{
    private SipRequestBuilder()
    {
    }

    /// <summary>Begins a request.</summary>
    /// <param name="method">The method.</param>
    /// <param name="requestUri">Where it goes, e.g. the contact exactly as the phone registered it.</param>
    public static SipRequestBuilder Create(SipMethod method, SipUri requestUri) => Create(method, requestUri.ToString());

    /// <summary>Begins a request.</summary>
    /// <param name="method">The method.</param>
    /// <param name="requestUri">Where it goes.</param>
    /// <exception cref="ArgumentException">The URI is empty or holds a blank or control character.</exception>
    public static SipRequestBuilder Create(SipMethod method, string requestUri)
    {
        var builder = new SipRequestBuilder();
        builder.Writer.RequestLine(method, requestUri);
        return builder;
    }

    /// <summary>Adds a Via with branch and an empty <c>rport</c>.</summary>
    /// <param name="transport">UDP, TCP or TLS.</param>
    /// <param name="sentBy">Host and port that answers may come to.</param>
    /// <param name="branch">Unique; begins with <see cref="Sip.Via.MagicCookie"/>.</param>
    public SipRequestBuilder Via(string transport, string sentBy, string branch) =>
        Add(SipHeaderName.Via, "SIP/2.0/" + transport + " " + sentBy + ";branch=" + branch + ";rport");

    /// <summary>Adds From.</summary>
    public SipRequestBuilder From(NameAddress from) => Add(SipHeaderName.From, from.ToString());

    /// <summary>Adds From.</summary>
    /// <param name="uri">Who sends.</param>
    /// <param name="tag">A token.</param>
    public SipRequestBuilder From(SipUri uri, string tag) => From(Address(uri, tag));

    /// <summary>Adds To.</summary>
    public SipRequestBuilder To(NameAddress to) => Add(SipHeaderName.To, to.ToString());

    /// <summary>Adds To.</summary>
    /// <param name="uri">Whom it is for.</param>
    /// <param name="tag">Null outside a dialog.</param>
    public SipRequestBuilder To(SipUri uri, string? tag = null) => To(Address(uri, tag));

    /// <summary>Adds Call-ID.</summary>
    public SipRequestBuilder CallId(string callId) => Add(SipHeaderName.CallId, callId);

    /// <summary>Adds CSeq.</summary>
    /// <param name="number">0 to 2^31 − 1.</param>
    /// <param name="method">The method of the request line.</param>
    public SipRequestBuilder CSeq(uint number, SipMethod method) => number <= Sip.CSeq.MaxNumber
        ? Add(SipHeaderName.CSeq, new CSeq(number, method).ToString())
        : throw new ArgumentOutOfRangeException(nameof(number), number, "CSeq is less than 2^31.");

    /// <summary>Adds Max-Forwards.</summary>
    /// <param name="hops">0 to 255; 70 is customary.</param>
    public SipRequestBuilder MaxForwards(byte hops = 70) =>
        Add(SipHeaderName.MaxForwards, hops.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds a Contact.</summary>
    public SipRequestBuilder Contact(NameAddress contact) => Add(SipHeaderName.Contact, contact.ToString());

    /// <summary>Adds a Contact.</summary>
    public SipRequestBuilder Contact(SipUri uri) => Contact(new NameAddress { Uri = uri });

    /// <summary>Adds Route lines, topmost first.</summary>
    public SipRequestBuilder Routes(IEnumerable<NameAddress> routes)
    {
        foreach (var route in routes)
        {
            Add(SipHeaderName.Route, route.ToString());
        }

        return this;
    }

    private static NameAddress Address(SipUri uri, string? tag) => new()
    {
        Uri = uri,
        Parameters = tag is null ? SipParameters.None : SipParameters.None.With("tag", tag),
    };
}
