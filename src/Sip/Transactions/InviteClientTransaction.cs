using Effect = SipGateway.Sip.Transactions.TransactionEffect;
using Effects = SipGateway.Sip.Transactions.TransactionEffects;
using Input = SipGateway.Sip.Transactions.TransactionInput;
using Kind = SipGateway.Sip.Transactions.TransactionInputKind;
using Phase = SipGateway.Sip.Transactions.TransactionPhase;
using State = SipGateway.Sip.Transactions.TransactionState;
using Step = SipGateway.Sip.Transactions.TransactionStep;
using Timer = SipGateway.Sip.Transactions.TransactionTimer;

namespace SipGateway.Sip.Transactions;

/// <summary>The INVITE client transaction of RFC 3261 §17.1.1 as RFC 6026 §8.4 corrected it.</summary>
public static class InviteClientTransaction
{
    private static readonly TimeSpan LeastD = TimeSpan.FromSeconds(32);

    /// <summary>The INVITE goes out.</summary>
    public static Step Start(bool isReliable, TransactionTimers timers)
    {
        var state = new State(Phase.Calling, isReliable, timers.T1);
        return isReliable
            ? new(state, [new(TransactionEffectKind.Send), Effect.Start(Timer.B, timers.Timeout)])
            : new(state, [new(TransactionEffectKind.Send), Effect.Start(Timer.B, timers.Timeout), Effect.Start(Timer.A, timers.T1)]);
    }

    /// <summary>What one event leads to.</summary>
    public static Step On(State state, Input input, TransactionTimers timers) => state.Phase switch
    {
        Phase.Calling or Phase.Proceeding => Open(state, input, timers),
        Phase.Completed => Completed(state, input),
        Phase.Accepted => Accepted(state, input),
        _ => Step.Stay(state),
    };

    private static Step Open(State state, Input input, TransactionTimers timers) => input.Kind switch
    {
        Kind.Provisional when state.Phase == Phase.Calling => new(
            state with { Phase = Phase.Proceeding },
            [new(TransactionEffectKind.Deliver), Effect.Stop(Timer.A), Effect.Stop(Timer.B)]),
        Kind.Provisional => new(state, Effects.Deliver),
        Kind.Success => new(
            state with { Phase = Phase.Accepted },
            [new(TransactionEffectKind.Deliver), Effect.Stop(Timer.A), Effect.Stop(Timer.B), Effect.Start(Timer.M, timers.Timeout)]),
        Kind.Failure => Refused(state, timers),
        Kind.TimerFired when state.Phase == Phase.Calling => Unheard(state, input.Timer),
        Kind.TransportFailed => new(state with { Phase = Phase.Terminated }, Effects.TransportFailure),
        _ => Step.Stay(state),
    };

    private static Step Unheard(State state, Timer timer)
    {
        // RFC 3261 §17.1.1.2: timer A doubles without the bound T2, which is for requests that are no INVITE.
        var interval = state.RetransmitInterval * 2;
        return timer switch
        {
            Timer.A => new(
                state with { RetransmitInterval = interval }, [new(TransactionEffectKind.Resend), Effect.Start(Timer.A, interval)]),
            Timer.B => new(state with { Phase = Phase.Terminated }, Effects.Timeout),
            _ => Step.Stay(state),
        };
    }

    private static Step Refused(State state, TransactionTimers timers) => state.IsReliable
        ? new(state with { Phase = Phase.Terminated }, Effects.DeliverAndAck)
        : new(
            state with { Phase = Phase.Completed },
            [
                new(TransactionEffectKind.Deliver), new(TransactionEffectKind.SendAck), Effect.Stop(Timer.A), Effect.Stop(Timer.B),
                Effect.Start(Timer.D, timers.Timeout > LeastD ? timers.Timeout : LeastD),
            ]);

    private static Step Completed(State state, Input input) => input.Kind switch
    {
        Kind.Failure => new(state, Effects.SendAck),
        Kind.TimerFired when input.Timer == Timer.D => new(state with { Phase = Phase.Terminated }, []),
        Kind.TransportFailed => new(state with { Phase = Phase.Terminated }, Effects.TransportFailure),
        _ => Step.Stay(state),
    };

    private static Step Accepted(State state, Input input) => input.Kind switch
    {
        Kind.Success => new(state, Effects.Deliver),
        Kind.TimerFired when input.Timer == Timer.M => new(state with { Phase = Phase.Terminated }, []),
        Kind.TransportFailed => new(state, Effects.TransportFailure),
        _ => Step.Stay(state),
    };
}
