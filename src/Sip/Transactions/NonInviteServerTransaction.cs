using Effect = SipGateway.Sip.Transactions.TransactionEffect;
using Effects = SipGateway.Sip.Transactions.TransactionEffects;
using Input = SipGateway.Sip.Transactions.TransactionInput;
using Kind = SipGateway.Sip.Transactions.TransactionInputKind;
using Phase = SipGateway.Sip.Transactions.TransactionPhase;
using State = SipGateway.Sip.Transactions.TransactionState;
using Step = SipGateway.Sip.Transactions.TransactionStep;
using Timer = SipGateway.Sip.Transactions.TransactionTimer;

namespace SipGateway.Sip.Transactions;

/// <summary>The server transaction of every other request (RFC 3261 §17.2.2).</summary>
public static class NonInviteServerTransaction
{
    /// <summary>A request came: the user is asked.</summary>
    public static Step Start(bool isReliable) => new(new State(Phase.Trying, isReliable), Effects.Deliver);

    /// <summary>What one event leads to.</summary>
    public static Step On(State state, Input input, TransactionTimers timers) => state.Phase switch
    {
        Phase.Trying or Phase.Proceeding => Open(state, input, timers),
        Phase.Completed => Completed(state, input),
        _ => Step.Stay(state),
    };

    private static Step Open(State state, Input input, TransactionTimers timers) => input.Kind switch
    {
        // RFC 3261 §17.2.2: in Trying a retransmission is discarded, for there is nothing to send again.
        Kind.Request when state.Phase == Phase.Proceeding => new(state, Effects.Resend),
        Kind.Provisional => new(state with { Phase = Phase.Proceeding, HasAnswered = true }, Effects.Send),
        Kind.Success or Kind.Failure => Answered(state, timers),
        Kind.TransportFailed => new(state with { Phase = Phase.Terminated }, Effects.TransportFailure),
        _ => Step.Stay(state),
    };

    private static Step Answered(State state, TransactionTimers timers) => state.IsReliable
        ? new(state with { Phase = Phase.Terminated, HasAnswered = true }, Effects.Send)
        : new(
            state with { Phase = Phase.Completed, HasAnswered = true },
            [new(TransactionEffectKind.Send), Effect.Start(Timer.J, timers.Timeout)]);

    private static Step Completed(State state, Input input) => input.Kind switch
    {
        Kind.Request => new(state, Effects.Resend),
        Kind.TimerFired when input.Timer == Timer.J => new(state with { Phase = Phase.Terminated }, []),
        Kind.TransportFailed => new(state with { Phase = Phase.Terminated }, Effects.TransportFailure),
        _ => Step.Stay(state),
    };
}
