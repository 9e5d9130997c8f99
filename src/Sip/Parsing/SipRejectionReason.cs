namespace SipGateway.Sip;

/// <summary>Why a message is not served as SIP. Closed: <see cref="SipRejectionReasonExtensions"/> gives every member its
/// status, phrase and metric tag.</summary>
public enum SipRejectionReason
{
    /// <summary>Not rejected.</summary>
    None,

    /// <summary>The first line is neither a request line nor a status line: another protocol, or noise. Not answered.</summary>
    NotSip,

    /// <summary>Method, Request-URI and version are not parted by exactly one blank each (RFC 3261 §7.1).</summary>
    RequestLineMalformed,

    /// <summary>The status line has no three-digit code, or a wrong version. A response is never answered.</summary>
    StatusLineMalformed,

    /// <summary>The method is longer than <see cref="SipLimits.MaxMethodBytes"/>.</summary>
    MethodTooLong,

    /// <summary>The Request-URI is longer than <see cref="SipLimits.MaxRequestUriBytes"/>.</summary>
    RequestUriTooLong,

    /// <summary>The Request-URI is no URI, is in angle brackets, or carries headers, which RFC 3261 §19.1.1 forbids there.</summary>
    RequestUriInvalid,

    /// <summary>The Request-URI is neither sip, sips nor tel (RFC 3261 §8.2.2.1).</summary>
    UriSchemeUnsupported,

    /// <summary>Another version than SIP/2.0.</summary>
    VersionUnsupported,

    /// <summary>A line of the header section has no colon, or no name before it.</summary>
    HeaderMalformed,

    /// <summary>A header's name is no token, or longer than <see cref="SipLimits.MaxHeaderNameBytes"/>.</summary>
    HeaderNameInvalid,

    /// <summary>A header's value is longer than <see cref="SipLimits.MaxHeaderValueBytes"/>.</summary>
    HeaderValueTooLong,

    /// <summary>A CR or LF stands alone in the header section. Parsers disagree on such lines, so it is smuggling.</summary>
    LineEndInvalid,

    /// <summary>A control character in the header section outside a quoted pair.</summary>
    ControlCharacter,

    /// <summary>A datagram ends before the empty line that ends the header section.</summary>
    HeadersUnterminated,

    /// <summary>Start line and headers are longer than <see cref="SipLimits.MaxHeaderBytes"/>.</summary>
    HeadersTooLarge,

    /// <summary>More header lines than <see cref="SipLimits.MaxHeaderCount"/>.</summary>
    TooManyHeaders,

    /// <summary>More Via values than <see cref="SipLimits.MaxViaCount"/>.</summary>
    TooManyVias,

    /// <summary>More Contact values than <see cref="SipLimits.MaxContactCount"/>.</summary>
    TooManyContacts,

    /// <summary>The message is, or says it is, longer than <see cref="SipLimits.MaxMessageBytes"/>.</summary>
    MessageTooLarge,

    /// <summary>Content-Length is no plain decimal number.</summary>
    ContentLengthInvalid,

    /// <summary>Content-Length appears twice.</summary>
    ContentLengthDuplicate,

    /// <summary>A message on a stream has no Content-Length (RFC 3261 §18.3).</summary>
    ContentLengthMissing,

    /// <summary>Content-Length is larger than what the datagram holds (RFC 3261 §18.3).</summary>
    ContentLengthBeyondDatagram,

    /// <summary>A header that may appear only once appears twice.</summary>
    HeaderDuplicate,

    /// <summary>There is no Via.</summary>
    ViaMissing,

    /// <summary>A Via breaks its grammar.</summary>
    ViaInvalid,

    /// <summary>The branch is the magic cookie and nothing else, so it tells no transaction from another (RFC 4475 §3.2.1).</summary>
    ViaBranchInvalid,

    /// <summary>There is no From.</summary>
    FromMissing,

    /// <summary>From breaks its grammar.</summary>
    FromInvalid,

    /// <summary>There is no To.</summary>
    ToMissing,

    /// <summary>To breaks its grammar.</summary>
    ToInvalid,

    /// <summary>There is no Call-ID.</summary>
    CallIdMissing,

    /// <summary>Call-ID is empty or has a blank inside.</summary>
    CallIdInvalid,

    /// <summary>There is no CSeq.</summary>
    CSeqMissing,

    /// <summary>CSeq is no number of 0 to 2^31 − 1 and a method (RFC 3261 §8.1.1.5).</summary>
    CSeqInvalid,

    /// <summary>CSeq names another method than the request line.</summary>
    CSeqMethodMismatch,

    /// <summary>Max-Forwards is no number of 0 to 255.</summary>
    MaxForwardsInvalid,

    /// <summary>A Contact breaks its grammar, <c>*</c> is not alone, or a URI with headers stands outside angle brackets.</summary>
    ContactInvalid,
}
