using SipGateway.Sip;

namespace SipGateway.PhoneSimulator;

/// <summary>The dialog of an answered call (RFC 3261 §12.1.2), seen from the caller.</summary>
internal sealed class CallDialog
{
    private readonly Func<CallDialog, CancellationToken, Task> _hangUp;

    public CallDialog(SipResponse answer, RtpSession rtp, Func<CallDialog, CancellationToken, Task> hangUp)
    {
        CallId = answer.CallId!;
        From = answer.From!;
        To = answer.To!;
        Target = answer.Contacts?.Addresses is [var contact, ..] ? contact.Uri : To.Uri;
        InviteCSeq = answer.CSeq!.Number;

        // RFC 3261 §12.1.2: the route set is the Record-Route of the answer in reverse order.
        Routes = [.. (answer.RecordRoutes ?? []).Reverse()];
        Rtp = rtp;
        _hangUp = hangUp;
    }

    public string CallId { get; }

    public NameAddress From { get; }

    public NameAddress To { get; }

    public SipUri Target { get; }

    public IReadOnlyList<NameAddress> Routes { get; }

    public uint InviteCSeq { get; }

    public RtpSession Rtp { get; }

    public SimulatedCall? Call { get; set; }

    public Task HangUpAsync(CancellationToken cancellation) => _hangUp(this, cancellation);

    /// <summary>Whether a request of the other side belongs to this dialog.</summary>
    public bool Owns(SipRequest request) => request.CallId == CallId && request.From?.Tag == To.Tag && request.To?.Tag == From.Tag;

    /// <summary>A request within the dialog.</summary>
    public byte[] Request(SipMethod method, uint cseq, SipFlow flow, string branch, string userAgent) => SipRequestBuilder
        .Create(method, Target)
        .Via(flow.Transport, flow.Local.ToString(), branch)
        .Routes(Routes)
        .From(From)
        .To(To)
        .CallId(CallId)
        .CSeq(cseq, method)
        .MaxForwards()
        .Add(SipHeaderName.UserAgent, userAgent)
        .Build();
}
