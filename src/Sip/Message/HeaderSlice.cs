namespace SipGateway.Sip;

/// <summary>Where a header's name and value lie in the message's octets; blanks at the value's ends are not part of it.</summary>
internal readonly record struct HeaderSlice(SipHeaderName Name, int NameStart, int NameLength, int ValueStart, int ValueLength);
