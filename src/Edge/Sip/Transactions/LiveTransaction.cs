using SipGateway.Sip.Transactions;

namespace SipGateway.Edge;

/// <summary>Drives one pure machine: keeps its state, carries out its effects, runs its timers on the wheel.</summary>
internal abstract class LiveTransaction(TimerWheel wheel, Action<LiveTransaction> ended)
{
    private readonly List<(TransactionTimer Timer, TimerWheel.Entry Entry)> running = [];
    private TransactionState state;

    protected Lock Gate { get; } = new();

    protected abstract TransactionStep Advance(TransactionState state, TransactionInput input);

    protected abstract void Perform(TransactionEffectKind effect);

    protected void Take(TransactionStep step)
    {
        lock (Gate)
        {
            state = step.State;
            foreach (var effect in step.Effects)
            {
                Perform(effect);
            }

            if (state.Phase == TransactionPhase.Terminated)
            {
                running.ForEach(r => r.Entry.Stop());
                running.Clear();
            }
        }

        if (state.Phase == TransactionPhase.Terminated)
        {
            ended(this);
        }
    }

    public void On(TransactionInput input)
    {
        lock (Gate)
        {
            if (state.Phase != TransactionPhase.Terminated)
            {
                Take(Advance(state, input));
            }
        }
    }

    private void Perform(TransactionEffect effect)
    {
        if (effect.Kind == TransactionEffectKind.StopTimer)
        {
            Stop(effect.Timer);
        }
        else if (effect.Kind == TransactionEffectKind.StartTimer)
        {
            Stop(effect.Timer);
            running.Add((effect.Timer, wheel.Start(effect.Delay, () => On(TransactionInput.Fired(effect.Timer)))));
        }
        else
        {
            Perform(effect.Kind);
        }
    }

    private void Stop(TransactionTimer timer)
    {
        var at = running.FindIndex(r => r.Timer == timer);
        if (at >= 0)
        {
            running[at].Entry.Stop();
            running.RemoveAt(at);
        }
    }
}
