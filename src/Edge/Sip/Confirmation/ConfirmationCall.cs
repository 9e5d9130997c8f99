using System.Security.Cryptography;
using SipGateway.Sip;

namespace SipGateway.Edge;

/// <summary>One call that the gateway answered: drives <see cref="ConfirmationRules"/> with the dialog, the timers and the sound.</summary>
internal sealed class ConfirmationCall : IDisposable
{
    private readonly ServerTransaction invite;
    private readonly TransactionLayer transactions;
    private readonly TimerWheel wheel;
    private readonly EdgeSipOptions options;
    private readonly RtpPlayer player;
    private readonly byte[] ok;
    private readonly Action<ConfirmationCall> forget;
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock gate = new();
    private RtpTarget? target;
    private ConfirmationState state;

    /// <param name="invite">The INVITE's transaction.</param>
    /// <param name="mac">Whose: the device, or a line of it.</param>
    /// <param name="localTag">Our tag.</param>
    /// <param name="ok">The 200 with its SDP.</param>
    /// <param name="target">Where to play; null when the ACK will say.</param>
    /// <param name="player">The bound player.</param>
    /// <param name="transactions">For the BYE.</param>
    /// <param name="wheel">For the 200's repetitions.</param>
    /// <param name="options">Times and limits.</param>
    /// <param name="forget">Called once at the end.</param>
    public ConfirmationCall(
        ServerTransaction invite, string mac, string localTag, byte[] ok, RtpTarget? target, RtpPlayer player, TransactionLayer transactions,
        TimerWheel wheel, EdgeSipOptions options, Action<ConfirmationCall> forget)
    {
        this.invite = invite;
        this.ok = ok;
        this.target = target;
        this.player = player;
        this.transactions = transactions;
        this.wheel = wheel;
        this.options = options;
        this.forget = forget;
        Mac = mac;
        LocalTag = localTag;
    }

    public string Mac { get; }

    public string LocalTag { get; }

    public string CallId => invite.Request.CallId!;

    /// <summary>A tag that nobody guesses.</summary>
    public static string NewTag() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    public void Start()
    {
        wheel.Start(options.Timers.Timeout, () => On(ConfirmationInput.AckOverdue));
        Take(ConfirmationRules.Start(options.Timers));
    }

    public void OnAck(ReadOnlySpan<byte> body)
    {
        target ??= SdpDescription.Parse(body) is { } answer ? SdpNegotiation.ReadAnswer(answer) : null;
        On(target is null ? ConfirmationInput.AcknowledgedUnplayable : ConfirmationInput.Acknowledged);
    }

    public void OnBye() => On(ConfirmationInput.HungUp);

    public void Dispose()
    {
        stopping.Cancel();
        player.Dispose();
    }

    private void On(ConfirmationInput input)
    {
        lock (gate)
        {
            Take(ConfirmationRules.On(state, input, options.Timers));
        }
    }

    private void Take((ConfirmationState State, System.Collections.Immutable.ImmutableArray<ConfirmationEffect> Effects) step)
    {
        lock (gate)
        {
            state = step.State;
            foreach (var effect in step.Effects)
            {
                Perform(effect);
            }
        }
    }

    private void Perform(ConfirmationEffect effect)
    {
        switch (effect)
        {
            case ConfirmationEffect.SendOk:
                invite.Respond(ok);
                wheel.Start(state.ResendInterval, () => On(ConfirmationInput.ResendDue));
                break;
            case ConfirmationEffect.Play:
                _ = PlayAsync(target!.Value);
                break;
            case ConfirmationEffect.StopPlaying:
                stopping.Cancel();
                break;
            case ConfirmationEffect.SendBye:
                var branch = TransactionLayer.NewBranch();
                _ = transactions.SendAsync(branch, SipMethod.Bye, Bye(branch), invite.Flow);
                break;
            default:
                forget(this);
                Dispose();
                break;
        }
    }

    private async Task PlayAsync(RtpTarget to)
    {
        await player.PlayAsync(to, options.Limits.ConfirmationDuration, stopping.Token);
        On(ConfirmationInput.Played);
    }

    // RFC 3261 §12.2.1.1 as the callee: From and To change places, the Record-Route becomes the Route in its order.
    private byte[] Bye(string branch)
    {
        var request = invite.Request;
        var target = request.Contacts is { Addresses: [var contact, ..] } ? contact.Uri : request.From!.Uri;
        return SipRequestBuilder.Create(SipMethod.Bye, target)
            .Via(invite.Flow.Transport.ToUpperInvariant(), invite.Flow.Local.ToString(), branch)
            .MaxForwards()
            .Routes(request.RecordRoutes ?? [])
            .From(request.To!.Uri, LocalTag)
            .To(request.From!)
            .CallId(CallId)
            .CSeq(1, SipMethod.Bye)
            .Build();
    }
}
