using Effect = SipGateway.Sip.Transactions.TransactionEffect;
using Effects = SipGateway.Sip.Transactions.TransactionEffects;
using Input = SipGateway.Sip.Transactions.TransactionInput;
using Kind = SipGateway.Sip.Transactions.TransactionInputKind;
using Phase = SipGateway.Sip.Transactions.TransactionPhase;
using State = SipGateway.Sip.Transactions.TransactionState;
using Step = SipGateway.Sip.Transactions.TransactionStep;
using Timer = SipGateway.Sip.Transactions.TransactionTimer;

namespace SipGateway.Sip.Transactions;

/// <summary>The client transaction of every other request (RFC 3261 §17.1.2).</summary>
public static class NonInviteClientTransaction
{
    /// <summary>The request goes out.</summary>
    public static Step Start(bool isReliable, TransactionTimers timers)
    {
        var state = new State(Phase.Trying, isReliable, timers.T1);
        return isReliable
            ? new(state, [new(TransactionEffectKind.Send), Effect.Start(Timer.F, timers.Timeout)])
            : new(state, [new(TransactionEffectKind.Send), Effect.Start(Timer.F, timers.Timeout), Effect.Start(Timer.E, timers.T1)]);
    }

    /// <summary>What one event leads to.</summary>
    public static Step On(State state, Input input, TransactionTimers timers) => state.Phase switch
    {
        Phase.Trying or Phase.Proceeding => Open(state, input, timers),
        Phase.Completed when input == Input.Fired(Timer.K) => new(state with { Phase = Phase.Terminated }, []),
        _ => Step.Stay(state),
    };

    private static Step Open(State state, Input input, TransactionTimers timers) => input.Kind switch
    {
        Kind.Provisional => new(state with { Phase = Phase.Proceeding }, Effects.Deliver),
        Kind.Success or Kind.Failure => Answered(state, timers),
        Kind.TimerFired when input.Timer == Timer.E => Again(state, timers),
        Kind.TimerFired when input.Timer == Timer.F => new(state with { Phase = Phase.Terminated }, Effects.Timeout),
        Kind.TransportFailed => new(state with { Phase = Phase.Terminated }, Effects.TransportFailure),
        _ => Step.Stay(state),
    };

    private static Step Again(State state, TransactionTimers timers)
    {
        // RFC 3261 §17.1.2.2: in Proceeding the pause is always T2.
        var interval = state.Phase == Phase.Proceeding ? timers.T2 : timers.Next(state.RetransmitInterval);
        return new(state with { RetransmitInterval = interval }, [new(TransactionEffectKind.Resend), Effect.Start(Timer.E, interval)]);
    }

    private static Step Answered(State state, TransactionTimers timers) => state.IsReliable
        ? new(state with { Phase = Phase.Terminated }, Effects.Deliver)
        : new(
            state with { Phase = Phase.Completed },
            [new(TransactionEffectKind.Deliver), Effect.Stop(Timer.E), Effect.Stop(Timer.F), Effect.Start(Timer.K, timers.T4)]);
}
