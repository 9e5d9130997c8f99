namespace SipGateway.Sip;

/// <summary>The schemes that lead somewhere in SIP.</summary>
public enum SipUriScheme
{
    /// <summary>Any other; kept as text, for others to judge.</summary>
    Other,

    /// <summary><c>sip:</c> (RFC 3261 §19.1).</summary>
    Sip,

    /// <summary><c>sips:</c> (RFC 3261 §19.1, RFC 5630).</summary>
    Sips,

    /// <summary><c>tel:</c> (RFC 3966).</summary>
    Tel,
}
