using Reason = SipGateway.Sip.SipRejectionReason;

namespace SipGateway.Sip;

/// <summary>The one table from <see cref="SipRejectionReason"/> to what the peer, the log and the metrics are told.</summary>
public static class SipRejectionReasonExtensions
{
    /// <summary>The status to answer a request with, or null when nothing may be answered.</summary>
    /// <exception cref="ArgumentOutOfRangeException">For <see cref="SipRejectionReason.None"/>: there is nothing to answer.</exception>
    public static int? StatusCode(this Reason reason) => Row(reason).StatusCode;

    /// <summary>The reason phrase of that answer; ASCII, at most 64 characters. Also the text of the log line.</summary>
    /// <exception cref="ArgumentOutOfRangeException">For <see cref="SipRejectionReason.None"/>.</exception>
    public static string Phrase(this Reason reason) => Row(reason).Phrase;

    /// <summary>The value of the metric tag <c>error.type</c>, lower case with underscores.</summary>
    /// <exception cref="ArgumentOutOfRangeException">For <see cref="SipRejectionReason.None"/>.</exception>
    public static string MetricTag(this Reason reason) => Row(reason).Tag;

    private static (int? StatusCode, string Phrase, string Tag) Row(Reason reason) => reason switch
    {
        Reason.NotSip => (null, "Not a SIP message", "not_sip"),
        Reason.RequestLineMalformed => (400, "Malformed Request Line", "request_line_malformed"),
        Reason.StatusLineMalformed => (null, "Malformed Status Line", "status_line_malformed"),
        Reason.MethodTooLong => (400, "Method Too Long", "method_too_long"),
        Reason.RequestUriTooLong => (414, "Request-URI Too Long", "request_uri_too_long"),
        Reason.RequestUriInvalid => (400, "Malformed Request-URI", "request_uri_invalid"),
        Reason.UriSchemeUnsupported => (416, "Unsupported URI Scheme", "uri_scheme_unsupported"),
        Reason.VersionUnsupported => (505, "Version Not Supported", "version_unsupported"),
        Reason.HeaderMalformed => (400, "Malformed Header", "header_malformed"),
        Reason.HeaderNameInvalid => (400, "Malformed Header Name", "header_name_invalid"),
        Reason.HeaderValueTooLong => (400, "Header Too Long", "header_value_too_long"),
        Reason.LineEndInvalid => (400, "Stray CR or LF", "line_end_invalid"),
        Reason.ControlCharacter => (400, "Control Character in Header", "control_character"),
        Reason.HeadersUnterminated => (400, "Header Section Not Terminated", "headers_unterminated"),
        Reason.HeadersTooLarge => (513, "Message Too Large", "headers_too_large"),
        Reason.TooManyHeaders => (400, "Too Many Headers", "too_many_headers"),
        Reason.TooManyVias => (400, "Too Many Vias", "too_many_vias"),
        Reason.TooManyContacts => (400, "Too Many Contacts", "too_many_contacts"),
        Reason.MessageTooLarge => (513, "Message Too Large", "message_too_large"),
        Reason.ContentLengthInvalid => (400, "Malformed Content-Length", "content_length_invalid"),
        Reason.ContentLengthDuplicate => (400, "Duplicate Content-Length", "content_length_duplicate"),
        Reason.ContentLengthMissing => (400, "Missing Content-Length", "content_length_missing"),
        Reason.ContentLengthBeyondDatagram => (400, "Content-Length Beyond Datagram", "content_length_beyond_datagram"),
        Reason.HeaderDuplicate => (400, "Duplicate Header", "header_duplicate"),
        Reason.ViaMissing => (null, "Missing Via", "via_missing"),
        Reason.ViaInvalid => (400, "Malformed Via", "via_invalid"),
        Reason.ViaBranchInvalid => (400, "Malformed Via Branch", "via_branch_invalid"),
        Reason.FromMissing => (400, "Missing From", "from_missing"),
        Reason.FromInvalid => (400, "Malformed From", "from_invalid"),
        Reason.ToMissing => (400, "Missing To", "to_missing"),
        Reason.ToInvalid => (400, "Malformed To", "to_invalid"),
        Reason.CallIdMissing => (400, "Missing Call-ID", "call_id_missing"),
        Reason.CallIdInvalid => (400, "Malformed Call-ID", "call_id_invalid"),
        Reason.CSeqMissing => (400, "Missing CSeq", "cseq_missing"),
        Reason.CSeqInvalid => (400, "Malformed CSeq", "cseq_invalid"),
        Reason.CSeqMethodMismatch => (400, "CSeq Method Mismatch", "cseq_method_mismatch"),
        Reason.MaxForwardsInvalid => (400, "Malformed Max-Forwards", "max_forwards_invalid"),
        Reason.ContactInvalid => (400, "Malformed Contact", "contact_invalid"),
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "No row for this reason."),
    };
}
