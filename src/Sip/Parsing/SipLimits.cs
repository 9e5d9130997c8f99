namespace SipGateway.Sip;

/// <summary>The bounds of one SIP message. Everything a peer can make large has one; a message beyond it is rejected, never
/// cut.</summary>
public sealed record SipLimits
{
    /// <summary>The defaults.</summary>
    public static readonly SipLimits Default = new();

    /// <summary>Most octets of one message, body included. Default: 65,507, because a UDP payload over IPv4 cannot exceed it
    /// and streams get no more.</summary>
    public int MaxMessageBytes { get; init; } = 65_507;

    /// <summary>Most octets of start line and headers. Default: 16 KiB, four times the longest torture message of RFC 4475.</summary>
    public int MaxHeaderBytes { get; init; } = 16 * 1024;

    /// <summary>Most header lines. Default: 128, above 70 Vias plus everything a phone sends.</summary>
    public int MaxHeaderCount { get; init; } = 128;

    /// <summary>Most octets of a header's name. Default: 128; a name of 340 overflowed another parser (CVE-2026-45538), and no
    /// registered one has 40.</summary>
    public int MaxHeaderNameBytes { get; init; } = 128;

    /// <summary>Most octets of one header's value. Default: 8 KiB, as nginx grants one header line.</summary>
    public int MaxHeaderValueBytes { get; init; } = 8 * 1024;

    /// <summary>Most octets of the method. Default: 64; the longest registered method has nine.</summary>
    public int MaxMethodBytes { get; init; } = 64;

    /// <summary>Most octets of the Request-URI. Default: 512; a phone's contact with its parameters stays below 300.</summary>
    public int MaxRequestUriBytes { get; init; } = 512;

    /// <summary>Most Via values. Default: 70, the customary Max-Forwards: no honest message passed more hops.</summary>
    public int MaxViaCount { get; init; } = 70;

    /// <summary>Most Contact values a message may carry. Default: 16; a phone sends one, an outbound client three.</summary>
    public int MaxContactCount { get; init; } = 16;

    /// <summary>Most parameters of one header value or URI. Default: 64, far above what any phone sends.</summary>
    public const int MaxParameterCount = 64;
}
