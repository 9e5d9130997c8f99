namespace SipGateway.Sip.Transactions;

/// <summary>What can happen to a transaction.</summary>
public enum TransactionInputKind
{
    /// <summary>Server: the request came once more.</summary>
    Request,

    /// <summary>INVITE server: the ACK came.</summary>
    Ack,

    /// <summary>A 1xx: sent by the user of a server transaction, or received by a client transaction.</summary>
    Provisional,

    /// <summary>A 2xx, likewise.</summary>
    Success,

    /// <summary>A 3xx to 6xx, likewise.</summary>
    Failure,

    /// <summary>A timer that an effect started has run out.</summary>
    TimerFired,

    /// <summary>The transport could not send.</summary>
    TransportFailed,
}

/// <summary>One event of a transaction.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Timer">Which timer ran out; means nothing for another kind.</param>
public readonly record struct TransactionInput(TransactionInputKind Kind, TransactionTimer Timer = default)
{
    /// <summary>This timer ran out.</summary>
    public static TransactionInput Fired(TransactionTimer timer) => new(TransactionInputKind.TimerFired, timer);

    /// <summary>A response with this status.</summary>
    public static TransactionInput Response(int statusCode) => new(statusCode switch
    {
        < 200 => TransactionInputKind.Provisional,
        < 300 => TransactionInputKind.Success,
        _ => TransactionInputKind.Failure,
    });

    /// <summary>As a table names it.</summary>
    public override string ToString() => Kind == TransactionInputKind.TimerFired ? $"Timer{Timer}" : Kind.ToString();
}
