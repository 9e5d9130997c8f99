using System.Collections.Immutable;

namespace SipGateway.Sip.Transactions;

/// <summary>All that a transaction remembers, except the message its driver sends again.</summary>
/// <param name="Phase">Where it is.</param>
/// <param name="IsReliable">Whether the transport retransmits by itself (TCP, TLS), so that the transaction need not.</param>
/// <param name="RetransmitInterval">The pause before the next retransmission.</param>
/// <param name="HasAnswered">Server: whether there is a response to send again.</param>
public readonly record struct TransactionState(
    TransactionPhase Phase,
    bool IsReliable,
    TimeSpan RetransmitInterval = default,
    bool HasAnswered = false);

/// <summary>The outcome of one event.</summary>
/// <param name="State">The state from now on.</param>
/// <param name="Effects">What to do, in this order. Timers still running when the state is terminated are the driver's to drop.</param>
public readonly record struct TransactionStep(TransactionState State, ImmutableArray<TransactionEffect> Effects)
{
    internal static TransactionStep Stay(TransactionState state) => new(state, []);
}
