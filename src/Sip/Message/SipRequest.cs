namespace SipGateway.Sip;

/// <summary>A SIP request.</summary>
public sealed class SipRequest : SipMessage
{
    private SipUri? _requestUri;

    internal SipRequest(byte[] bytes, HeaderSlice[] headers, Range body, SipMethod method, Range requestUri, Range version)
        : base(bytes, headers, body)
    {
        Method = method;
        RawRequestUri = bytes.AsMemory(requestUri);
        Version = KnownTexts.Decode(bytes.AsSpan(version));
    }

    /// <summary>The method.</summary>
    public SipMethod Method { get; }

    /// <summary>The Request-URI as received.</summary>
    public ReadOnlyMemory<byte> RawRequestUri { get; }

    /// <summary>The Request-URI; null when it is none.</summary>
    public SipUri? RequestUri => _requestUri ??= SipUri.TryParse(RawRequestUri.Span, out var uri) ? uri : null;

    /// <summary>The version as received, <c>SIP/2.0</c> in any case.</summary>
    public string Version { get; }

    /// <summary>The request line without version, for logs: no secret stands there.</summary>
    public override string ToString() => Method + " " + SipCursor.Decode(RawRequestUri.Span);
}
