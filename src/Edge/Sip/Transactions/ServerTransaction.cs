using System.Globalization;
using SipGateway.Sip;
using SipGateway.Sip.Transactions;

namespace SipGateway.Edge;

/// <summary>A request that is being answered: its retransmissions end here, and its last response is repeated from here.</summary>
internal sealed class ServerTransaction(
    (TransactionKey Key, string FlowId) id, SipRequest request, Flow flow, TimerWheel wheel, TransactionTimers timers, Responder responder,
    EdgeSipMetrics metrics, Action<LiveTransaction> ended) : LiveTransaction(wheel, ended)
{
    private readonly bool isInvite = request.Method == SipMethod.Invite;
    private byte[]? last;

    public (TransactionKey Key, string FlowId) Id => id;

    public SipRequest Request => request;

    public Flow Flow => flow;

    /// <summary>INVITE: called when a CANCEL came for it.</summary>
    public Action? Cancelled { get; set; }

    public void Start() => Take(
        isInvite ? InviteServerTransaction.Start(flow.IsReliable, timers) : NonInviteServerTransaction.Start(flow.IsReliable));

    public void Retransmitted()
    {
        metrics.Retransmission();
        On(new TransactionInput(TransactionInputKind.Request));
    }

    /// <summary>Lets somebody answer; a fault on the way is answered by 500, so that no transaction stays open for ever.</summary>
    public async Task AnswerAsync(Func<ServerTransaction, Task> answer)
    {
        try
        {
            await answer(this);
        }
#pragma warning disable CA1031 // Whatever went wrong, the phone hears of it and the edge goes on.
        catch (Exception)
#pragma warning restore CA1031
        {
            metrics.Dropped("fault");
            Respond(responder.Build(request, flow, 500).Build());
        }
    }

    /// <summary>Sends a response made by <see cref="Responder"/>.</summary>
    public void Respond(byte[] response)
    {
        // "SIP/2.0 200 …": the response says its own status, so that none is carried beside it.
        var statusCode = int.Parse(response.AsSpan(8, 3), NumberStyles.None, CultureInfo.InvariantCulture);
        lock (Gate)
        {
            last = response;
            On(TransactionInput.Response(statusCode));
        }
    }

    /// <summary>Ends without an answer; the request's retransmissions get none either.</summary>
    public void KeepSilent()
    {
        lock (Gate)
        {
            last = null;
            On(new TransactionInput(TransactionInputKind.Failure));
        }
    }

    protected override TransactionStep Advance(TransactionState state, TransactionInput input) =>
        isInvite ? InviteServerTransaction.On(state, input, timers) : NonInviteServerTransaction.On(state, input, timers);

    protected override void Perform(TransactionEffectKind effect)
    {
        if (effect == TransactionEffectKind.SendTrying)
        {
            last = responder.Build(request, flow, 100).Build();
        }

        if (effect is TransactionEffectKind.Send or TransactionEffectKind.Resend or TransactionEffectKind.SendTrying && last is not null)
        {
            responder.Send(request, flow, last);
        }
    }
}
