namespace SipGateway.Sip;

/// <summary>A SIP response.</summary>
public sealed class SipResponse : SipMessage
{
    internal SipResponse(byte[] bytes, HeaderSlice[] headers, Range body, int statusCode, Range reasonPhrase)
        : base(bytes, headers, body)
    {
        StatusCode = statusCode;
        ReasonPhrase = SipCursor.Decode(bytes.AsSpan(reasonPhrase));
    }

    /// <summary>100 to 699.</summary>
    public int StatusCode { get; }

    /// <summary>For people; may be empty or in any language.</summary>
    public string ReasonPhrase { get; }

    /// <summary>Whether it ends its transaction.</summary>
    public bool IsFinal => StatusCode >= 200;

    /// <summary>The status line without version.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{StatusCode} {ReasonPhrase}");
}
