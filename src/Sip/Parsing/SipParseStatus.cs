namespace SipGateway.Sip;

/// <summary>What became of the octets handed to <see cref="SipParser"/>.</summary>
public enum SipParseStatus
{
    /// <summary>One whole message was read.</summary>
    Complete,

    /// <summary>A stream holds only a part of a message; ask again with more octets.</summary>
    NeedMore,

    /// <summary>No message but a keep-alive. On a stream it was a ping (CRLF CRLF) that is answered by one CRLF (RFC 5626
    /// §3.5.1); on UDP nothing is answered.</summary>
    KeepAlive,

    /// <summary>Not an acceptable message; the reason says why.</summary>
    Rejected,
}
