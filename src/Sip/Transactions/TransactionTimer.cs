namespace SipGateway.Sip.Transactions;

/// <summary>The timers of RFC 3261 table 4 and RFC 6026 by their letters.</summary>
public enum TransactionTimer
{
    /// <summary>INVITE client: send again.</summary>
    A,

    /// <summary>INVITE client: give up.</summary>
    B,

    /// <summary>INVITE client: no more retransmitted refusals are expected.</summary>
    D,

    /// <summary>Other client: send again.</summary>
    E,

    /// <summary>Other client: give up.</summary>
    F,

    /// <summary>INVITE server: send the refusal again.</summary>
    G,

    /// <summary>INVITE server: give up waiting for the ACK.</summary>
    H,

    /// <summary>INVITE server: no more ACKs are expected.</summary>
    I,

    /// <summary>Other server: no more retransmitted requests are expected.</summary>
    J,

    /// <summary>Other client: no more retransmitted responses are expected.</summary>
    K,

    /// <summary>INVITE server: no more retransmitted INVITEs are expected after a 2xx (RFC 6026).</summary>
    L,

    /// <summary>INVITE client: no more 2xx are expected (RFC 6026).</summary>
    M,

    /// <summary>INVITE server: 200 ms without a word, so a 100 is due (RFC 3261 §17.2.1).</summary>
    Trying,
}
