using System.Globalization;

namespace SipGateway.Sip.Transactions;

/// <summary>What the driver of a transaction has to do.</summary>
public enum TransactionEffectKind
{
    /// <summary>Send the message that caused this step: the request of a client, the response of a server's user.</summary>
    Send,

    /// <summary>Send once more what was sent last.</summary>
    Resend,

    /// <summary>INVITE server: send a 100, because the user said nothing yet.</summary>
    SendTrying,

    /// <summary>INVITE client: acknowledge the refusal (RFC 3261 §17.1.1.3).</summary>
    SendAck,

    /// <summary>Hand the message that caused this step to the transaction's user.</summary>
    Deliver,

    /// <summary>Start the timer with the delay.</summary>
    StartTimer,

    /// <summary>Stop the timer.</summary>
    StopTimer,

    /// <summary>Tell the user that nobody answered.</summary>
    ReportTimeout,

    /// <summary>Tell the user that the transport failed.</summary>
    ReportTransportFailure,
}

/// <summary>One thing to do, in the order given.</summary>
/// <param name="Kind">What.</param>
/// <param name="Timer">Which timer; means nothing for another kind.</param>
/// <param name="Delay">How long the timer runs.</param>
public readonly record struct TransactionEffect(TransactionEffectKind Kind, TransactionTimer Timer = default, TimeSpan Delay = default)
{
    /// <summary>As a table names it.</summary>
    public override string ToString() => Kind switch
    {
        TransactionEffectKind.StartTimer => string.Create(CultureInfo.InvariantCulture, $"Start {Timer} {Delay.TotalMilliseconds}"),
        TransactionEffectKind.StopTimer => $"Stop {Timer}",
        _ => Kind.ToString(),
    };

    internal static TransactionEffect Start(TransactionTimer timer, TimeSpan delay) => new(TransactionEffectKind.StartTimer, timer, delay);

    internal static TransactionEffect Stop(TransactionTimer timer) => new(TransactionEffectKind.StopTimer, timer);
}
