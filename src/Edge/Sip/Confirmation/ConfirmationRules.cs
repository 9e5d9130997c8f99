using System.Collections.Immutable;
using SipGateway.Sip.Transactions;

namespace SipGateway.Edge;

/// <summary>Where a call that confirms a code is.</summary>
internal enum ConfirmationPhase
{
    /// <summary>200 was sent; the ACK is awaited.</summary>
    Answered,

    /// <summary>The confirmation plays.</summary>
    Playing,

    /// <summary>Over.</summary>
    Ended,
}

/// <summary>What can happen to it.</summary>
internal enum ConfirmationInput
{
    /// <summary>The ACK came, and what it carried can be played.</summary>
    Acknowledged,

    /// <summary>The ACK came with an answer that cannot be played (delayed offer).</summary>
    AcknowledgedUnplayable,

    /// <summary>Time to send the 200 again.</summary>
    ResendDue,

    /// <summary>64 × T1 without an ACK.</summary>
    AckOverdue,

    /// <summary>The confirmation was played to its end.</summary>
    Played,

    /// <summary>The phone hung up.</summary>
    HungUp,
}

/// <summary>What to do.</summary>
internal enum ConfirmationEffect
{
    /// <summary>Send the 200, and ask again after the state's interval.</summary>
    SendOk,

    /// <summary>Play, and say when it is done.</summary>
    Play,

    /// <summary>Stop playing.</summary>
    StopPlaying,

    /// <summary>Send BYE.</summary>
    SendBye,

    /// <summary>Forget the call.</summary>
    Forget,
}

/// <summary>All that such a call remembers.</summary>
internal readonly record struct ConfirmationState(ConfirmationPhase Phase, TimeSpan ResendInterval);

/// <summary>The life of a call that the gateway answers to confirm a code (RFC 3261 §13.3.1.4); pure.</summary>
internal static class ConfirmationRules
{
    public static (ConfirmationState State, ImmutableArray<ConfirmationEffect> Effects) Start(TransactionTimers timers) =>
        (new ConfirmationState(ConfirmationPhase.Answered, timers.T1), [ConfirmationEffect.SendOk]);

    public static (ConfirmationState State, ImmutableArray<ConfirmationEffect> Effects) On(
        ConfirmationState state, ConfirmationInput input, TransactionTimers timers)
    {
        var ended = state with { Phase = ConfirmationPhase.Ended };
        return (state.Phase, input) switch
        {
            (ConfirmationPhase.Answered, ConfirmationInput.Acknowledged) =>
                (state with { Phase = ConfirmationPhase.Playing }, [ConfirmationEffect.Play]),
            (ConfirmationPhase.Answered, ConfirmationInput.ResendDue) =>
                (state with { ResendInterval = timers.Next(state.ResendInterval) }, [ConfirmationEffect.SendOk]),

            // RFC 3261 §13.3.1.4: without an ACK the session is still there for the phone, and BYE ends it.
            (ConfirmationPhase.Answered, ConfirmationInput.AckOverdue or ConfirmationInput.AcknowledgedUnplayable) =>
                (ended, [ConfirmationEffect.SendBye, ConfirmationEffect.Forget]),
            (ConfirmationPhase.Answered, ConfirmationInput.HungUp) => (ended, [ConfirmationEffect.Forget]),
            (ConfirmationPhase.Playing, ConfirmationInput.Played) => (ended, [ConfirmationEffect.SendBye, ConfirmationEffect.Forget]),
            (ConfirmationPhase.Playing, ConfirmationInput.HungUp) => (ended, [ConfirmationEffect.StopPlaying, ConfirmationEffect.Forget]),
            _ => (state, []),
        };
    }
}
