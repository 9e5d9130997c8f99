namespace SipGateway.Sip.Transactions;

/// <summary>Where a transaction is (RFC 3261 §17; <see cref="Accepted"/> is RFC 6026's).</summary>
public enum TransactionPhase
{
    /// <summary>An INVITE was sent and nothing was heard.</summary>
    Calling,

    /// <summary>A request that is no INVITE was sent or received and nothing was answered.</summary>
    Trying,

    /// <summary>A provisional response went by; every INVITE server transaction begins here.</summary>
    Proceeding,

    /// <summary>A final response went by that is no 2xx to an INVITE; what comes now is a retransmission.</summary>
    Completed,

    /// <summary>A 2xx to an INVITE went by. Only ACKs and further 2xx pass (RFC 6026 §7.1, §8).</summary>
    Accepted,

    /// <summary>The ACK to a refusal of an INVITE came; further ones are absorbed.</summary>
    Confirmed,

    /// <summary>Over. Nothing moves it any more.</summary>
    Terminated,
}
