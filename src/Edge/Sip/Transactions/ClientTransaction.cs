using SipGateway.Sip;
using SipGateway.Sip.Transactions;

namespace SipGateway.Edge;

/// <summary>What became of a request that was sent.</summary>
/// <param name="Response">The final response; null when none came.</param>
/// <param name="Failure">For a person: why none came; empty with a response.</param>
internal readonly record struct ClientOutcome(SipResponse? Response, string Failure);

/// <summary>A request of ours that is no INVITE (NOTIFY, BYE) on its way to a phone and back.</summary>
internal sealed class ClientTransaction(
    TransactionKey key, byte[] request, Flow flow, TimerWheel wheel, TransactionTimers timers, Action<LiveTransaction> ended)
    : LiveTransaction(wheel, ended)
{
    private readonly TaskCompletionSource<ClientOutcome> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SipResponse? arrived;
    private CancellationTokenRegistration closing;

    public TransactionKey Key => key;

    public Task<ClientOutcome> Outcome => outcome.Task;

    public void Start()
    {
        Take(NonInviteClientTransaction.Start(flow.IsReliable, timers));
        closing = flow.Closing.UnsafeRegister(_ => On(new TransactionInput(TransactionInputKind.TransportFailed)), null);
        if (outcome.Task.IsCompleted)
        {
            Stop();
        }
    }

    /// <summary>Nobody waits any more. What is called as the flow ends is not waited for either: it may wait for this transaction.</summary>
    public void Stop() => closing.Unregister();

    public void Received(SipResponse response)
    {
        lock (Gate)
        {
            arrived = response;
            On(TransactionInput.Response(response.StatusCode));
        }
    }

    protected override TransactionStep Advance(TransactionState state, TransactionInput input) =>
        NonInviteClientTransaction.On(state, input, timers);

    protected override void Perform(TransactionEffectKind effect)
    {
        switch (effect)
        {
            case TransactionEffectKind.Send or TransactionEffectKind.Resend when !flow.TrySend(request):
                On(new TransactionInput(TransactionInputKind.TransportFailed));
                break;
            case TransactionEffectKind.Deliver when arrived is { IsFinal: true }:
                outcome.TrySetResult(new ClientOutcome(arrived, string.Empty));
                break;
            case TransactionEffectKind.ReportTimeout:
                var failure = FormattableString.Invariant($"no answer within {timers.Timeout.TotalSeconds:0} s");
                outcome.TrySetResult(new ClientOutcome(null, failure));
                break;
            case TransactionEffectKind.ReportTransportFailure:
                outcome.TrySetResult(new ClientOutcome(null, "flow closed"));
                break;
            default:
                break;
        }
    }
}
