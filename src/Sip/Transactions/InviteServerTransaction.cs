using Effect = SipGateway.Sip.Transactions.TransactionEffect;
using Effects = SipGateway.Sip.Transactions.TransactionEffects;
using Input = SipGateway.Sip.Transactions.TransactionInput;
using Kind = SipGateway.Sip.Transactions.TransactionInputKind;
using Phase = SipGateway.Sip.Transactions.TransactionPhase;
using State = SipGateway.Sip.Transactions.TransactionState;
using Step = SipGateway.Sip.Transactions.TransactionStep;
using Timer = SipGateway.Sip.Transactions.TransactionTimer;

namespace SipGateway.Sip.Transactions;

/// <summary>The INVITE server transaction of RFC 3261 §17.2.1 as RFC 6026 §7.1 corrected it.</summary>
public static class InviteServerTransaction
{
    /// <summary>An INVITE came: the user is asked, and a 100 follows when it stays silent.</summary>
    public static Step Start(bool isReliable, TransactionTimers timers) => new(
        new State(Phase.Proceeding, isReliable),
        [new(TransactionEffectKind.Deliver), Effect.Start(Timer.Trying, timers.TryingDelay)]);

    /// <summary>What one event leads to.</summary>
    public static Step On(State state, Input input, TransactionTimers timers) => state.Phase switch
    {
        Phase.Proceeding => Proceeding(state, input, timers),
        Phase.Completed => Completed(state, input, timers),
        Phase.Accepted => Accepted(state, input),
        Phase.Confirmed when input == Input.Fired(Timer.I) => new(state with { Phase = Phase.Terminated }, []),
        _ => Step.Stay(state),
    };

    private static Step Proceeding(State state, Input input, TransactionTimers timers)
    {
        var answered = state with { HasAnswered = true };
        return input.Kind switch
        {
            Kind.Request when state.HasAnswered => new(state, Effects.Resend),
            Kind.Provisional => new(answered, Effects.Send),
            Kind.Success => new(
                answered with { Phase = Phase.Accepted }, [new(TransactionEffectKind.Send), Effect.Start(Timer.L, timers.Timeout)]),
            Kind.Failure => Refused(answered, timers),
            Kind.TimerFired when input.Timer == Timer.Trying && !state.HasAnswered => new(answered, Effects.SendTrying),
            Kind.TransportFailed => new(state with { Phase = Phase.Terminated }, Effects.TransportFailure),
            _ => Step.Stay(state),
        };
    }

    private static Step Refused(State state, TransactionTimers timers)
    {
        var next = state with { Phase = Phase.Completed, RetransmitInterval = timers.T1 };
        return state.IsReliable
            ? new(next, [new(TransactionEffectKind.Send), Effect.Start(Timer.H, timers.Timeout)])
            : new(next, [new(TransactionEffectKind.Send), Effect.Start(Timer.H, timers.Timeout), Effect.Start(Timer.G, timers.T1)]);
    }

    private static Step Completed(State state, Input input, TransactionTimers timers) => input.Kind switch
    {
        Kind.Request => new(state, Effects.Resend),
        Kind.Ack => Confirmed(state, timers),
        Kind.TimerFired when input.Timer == Timer.G => Again(state, timers),
        Kind.TimerFired when input.Timer == Timer.H => new(state with { Phase = Phase.Terminated }, Effects.Timeout),
        Kind.TransportFailed => new(state with { Phase = Phase.Terminated }, Effects.TransportFailure),
        _ => Step.Stay(state),
    };

    private static Step Again(State state, TransactionTimers timers)
    {
        var interval = timers.Next(state.RetransmitInterval);
        return new(state with { RetransmitInterval = interval }, [new(TransactionEffectKind.Resend), Effect.Start(Timer.G, interval)]);
    }

    private static Step Confirmed(State state, TransactionTimers timers) => state.IsReliable
        ? new(state with { Phase = Phase.Terminated }, [])
        : new(state with { Phase = Phase.Confirmed }, [Effect.Stop(Timer.G), Effect.Stop(Timer.H), Effect.Start(Timer.I, timers.T4)]);

    // RFC 6026 §7.1: retransmitted INVITEs are absorbed without a response; the user itself repeats its 2xx until the ACK.
    private static Step Accepted(State state, Input input) => input.Kind switch
    {
        Kind.Ack => new(state, Effects.Deliver),
        Kind.Success => new(state, Effects.Send),
        Kind.TimerFired when input.Timer == Timer.L => new(state with { Phase = Phase.Terminated }, []),
        Kind.TransportFailed => new(state, Effects.TransportFailure),
        _ => Step.Stay(state),
    };
}
