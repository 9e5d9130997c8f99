using System.Collections.Concurrent;
using System.Net;
using System.Text;
using SipGateway.Grains.Interfaces;
using SipGateway.Sip;

namespace SipGateway.Edge;

/// <summary>Calls to feature codes: challenge, one grain call, then a call of a few seconds that confirms, or a refusal.</summary>
internal sealed class FeatureCalls(
    EdgeSipOptions options, Credentials credentials, Challenges challenges, TransactionLayer transactions, Responder responder,
    GrainCalls grains, PassedCalls passed, RtpPorts ports, TimerWheel wheel, TimeProvider time) : ICallsInProgress
{
    private const int MaxReasonLength = 32;

    private readonly ConcurrentDictionary<(string CallId, string LocalTag), ConfirmationCall> calls = new();

    /// <inheritdoc/>
    public bool Has(string mac) => calls.Values.Any(call => LineKey.MacOf(call.Mac) == mac);

    /// <summary>A new INVITE to a feature code.</summary>
    public void OnInvite(SipRequest request, Flow flow)
    {
        var who = credentials.Check(request, flow);
        if (who.Caller is null)
        {
            challenges.Answer(request, flow, who);
        }
        else if (!flow.IsProven)
        {
            // A call's answer is repeated until it is acknowledged: not to an address that was never told this nonce. A phone that has moved
            // asks once more by itself.
            challenges.Answer(request, flow, who with { IsStale = true });
        }
        else if (transactions.Begin(request, flow) is { } transaction)
        {
            _ = transaction.AnswerAsync(t => AnswerAsync(t, who.Mac, who.Caller));
        }
    }

    /// <summary>An INVITE within a call: what was agreed stands.</summary>
    public void OnReinvite(SipRequest request, Flow flow) => OnRequest(request, flow);

    public void OnBye(SipRequest request, Flow flow) => OnRequest(request, flow);

    public void OnAck(SipRequest ack, Flow flow)
    {
        if (Take(Of(ack), ack.Method, ack.Body) is null)
        {
            passed.TryPassOn(ack, flow);
        }
    }

    /// <summary>Takes a request within a call that came to another edge.</summary>
    public PassedAnswer OnPassed(PassedRequest request) => new(Take(
        (request.CallId, request.LocalTag), SipMethod.Of(request.Method), request.Body.AsMemory()) ?? 481);

    /// <summary>Ends every call and closes its sound.</summary>
    public void Stop()
    {
        foreach (var call in calls.Values)
        {
            call.Dispose();
        }
    }

    private void OnRequest(SipRequest request, Flow flow)
    {
        if (Take(Of(request), request.Method, request.Body) is { } statusCode)
        {
            responder.Reply(request, flow, statusCode);
        }
        else if (!passed.TryPassOn(request, flow))
        {
            responder.Reply(request, flow, 481);
        }
    }

    private static (string CallId, string LocalTag) Of(SipRequest request) => (request.CallId!, request.To?.Tag ?? string.Empty);

    // Null: no such call is here.
    private int? Take((string CallId, string LocalTag) id, SipMethod method, ReadOnlyMemory<byte> body)
    {
        if (!calls.TryGetValue(id, out var call))
        {
            return null;
        }

        if (method == SipMethod.Ack)
        {
            call.OnAck(body.Span);
        }
        else if (method == SipMethod.Bye)
        {
            call.OnBye();
        }

        return method == SipMethod.Invite ? 488 : 200;
    }

    private async Task AnswerAsync(ServerTransaction transaction, string mac, SipCaller caller)
    {
        var (request, flow) = (transaction.Request, transaction.Flow);
        var answered = 0;
        bool IsFirst() => Interlocked.Exchange(ref answered, 1) == 0;

        // RFC 3261 §9.2: a CANCEL before the final answer makes it 487; whichever of the two comes first is the answer.
        transaction.Cancelled = () =>
        {
            if (IsFirst())
            {
                transaction.Respond(responder.Build(request, flow, 487).Build());
            }
        };

        var refusal = Refusal(request, flow, out var offer);
        if (refusal is not null || TakePlayer(flow) is not { } player)
        {
            transaction.Respond((refusal ?? responder.Busy(request, flow, null)).Build());
            return;
        }

        var outcome = await grains.AskAsync("dial", mac, g => g.DialFeatureCode(Command(request, flow, caller)));
        if (!IsFirst())
        {
            player.Dispose();
        }
        else if (outcome is { Status: DialStatus.Confirmed })
        {
            Confirm(transaction, mac, offer, player);
        }
        else
        {
            player.Dispose();
            if (Response(request, flow, outcome, caller) is { } response)
            {
                transaction.Respond(response.Build());
            }
            else
            {
                transaction.KeepSilent();
            }
        }
    }

    /// <summary>What can be said without asking a grain: a body that is no SDP, or an offer without G.711.</summary>
    private SipResponseBuilder? Refusal(SipRequest request, Flow flow, out SdpDescription? offer)
    {
        offer = null;
        if (request.Body.IsEmpty)
        {
            return null;
        }

        var type = request.GetText(SipHeaderName.ContentType) ?? string.Empty;
        if (!type.StartsWith("application/sdp", StringComparison.OrdinalIgnoreCase))
        {
            return responder.Build(request, flow, 415).Add(SipHeaderName.Accept, "application/sdp");
        }

        offer = SdpDescription.Parse(request.Body.Span);
        return offer is null ? responder.Build(request, flow, 400, "Malformed SDP")
            : SdpNegotiation.Answer(offer, new IPEndPoint(flow.Local.Address, 0)) is null ? responder.Build(request, flow, 488)
            : null;
    }

    private RtpPlayer? TakePlayer(Flow flow) =>
        ports.TryTake(flow.Local.Address) is { } socket ? new RtpPlayer(socket, flow.Remote.Address, time) : null;

    private DialFeatureCodeCommand Command(SipRequest request, Flow flow, SipCaller caller)
    {
        var code = FeatureCode.Parse(request.RequestUri)!.Value;
        return new DialFeatureCodeCommand
        {
            Caller = caller,
            Feature = code.Kind,
            Argument = code.Argument,
            CallId = request.CallId!,
            Flow = flow.Facts(options.EdgeId),
            Phone = code.Kind == FeatureKind.Enroll ? Vendors.IdentityOfSip(caller.UserAgent) : null,
        };
    }

    private void Confirm(ServerTransaction transaction, string mac, SdpDescription? offer, RtpPlayer player)
    {
        var (request, flow) = (transaction.Request, transaction.Flow);
        var answer = offer is null ? null : SdpNegotiation.Answer(offer, player.Local);
        var tag = ConfirmationCall.NewTag();
        var ok = responder.Build(request, flow, 200, null, tag)
            .CopyAll(request, SipHeaderName.RecordRoute)
            .Add(SipHeaderName.Contact, $"<sip:{passed.Token}@{flow.Local};transport={flow.Transport}>")
            .Add(SipHeaderName.Allow, Responder.Allow)
            .Body("application/sdp", Encoding.UTF8.GetBytes(answer?.Sdp ?? SdpNegotiation.Offer(player.Local)))
            .Build();
        var call = new ConfirmationCall(
            transaction, mac, tag, ok, answer?.Target, player, transactions, wheel, options,
            c => calls.TryRemove((c.CallId, c.LocalTag), out _));
        calls[(call.CallId, tag)] = call;
        call.Start();
    }

    private SipResponseBuilder? Response(SipRequest request, Flow flow, DialFeatureCodeOutcome? outcome, SipCaller caller) => outcome?.Status switch
    {
        null => responder.Busy(request, flow, null),
        DialStatus.Refused => responder.Build(request, flow, 403, Ascii(outcome.Reason)),
        DialStatus.StaleNonce => challenges.New(request, flow, isStale: true),
        _ => challenges.ToWrong(request, flow, caller.SipUser),
    };

    // A phone's screen shows this: 32 characters that every one of them has.
    private static string? Ascii(string reason)
    {
        var text = string.Concat(reason.Where(c => c is >= ' ' and <= '~').Take(MaxReasonLength));
        return text.Length == 0 ? null : text;
    }
}
