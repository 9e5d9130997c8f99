using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using SipGateway.Grains.Interfaces;
using SipGateway.Sip;

namespace SipGateway.Edge;

/// <summary>REGISTER, in the order of RFC 3261 §10.3: whose domain, what it requires, who it is, what it binds.</summary>
internal sealed partial class Registrar(
    EdgeSipOptions options, Credentials credentials, Challenges challenges, OurNames names, TransactionLayer transactions, Responder responder,
    GrainCalls grains, Leases leases, DeviceRate rate, LiveFlows live, EdgeSipMetrics metrics, TimeProvider time, ILogger<Registrar> logger)
{
    private static readonly TimeSpan LogPause = TimeSpan.FromSeconds(1);

    private long lastLoggedAt;

    /// <param name="request">The REGISTER; what it requires is understood.</param>
    /// <param name="flow">Its flow.</param>
    /// <param name="isOurDomain">Whether the Request-URI names us.</param>
    public void OnRegister(SipRequest request, Flow flow, bool isOurDomain)
    {
        // :: Step 1: who it is. A challenge needs no transaction. Wrong credentials are challenged whatever they were sent for.
        var who = credentials.Check(request, flow);
        if (who.Caller is null && (isOurDomain || request.CountOf(SipHeaderName.Authorization) > 0))
        {
            challenges.Answer(request, flow, who);
            return;
        }

        // :: Step 2: a domain that is not ours; there is nothing behind this registrar to hand it to.
        if (who.Caller is null || !isOurDomain)
        {
            responder.Reply(request, flow, 404);
            return;
        }

        if (leases.Refutes(who.Caller))
        {
            challenges.Answer(request, flow, who with { WrongName = who.Caller.SipUser });
            return;
        }

        if (rate.IsAbove(Encoding.UTF8.GetBytes(who.Caller.SipUser)))
        {
            metrics.Refused("device_rate");
            responder.Busy(request, flow);
            return;
        }

        // :: Step 3: the one grain call, under a transaction that absorbs retransmissions meanwhile.
        if (transactions.Begin(request, flow) is { } transaction)
        {
            _ = transaction.AnswerAsync(t => AnswerAsync(t, who));
        }
    }

    private async Task AnswerAsync(ServerTransaction transaction, CredentialsVerdict who)
    {
        var (mac, caller) = (who.Mac, who.Caller!);
        var (request, flow) = (transaction.Request, transaction.Flow);
        var reading = RegisterReader.Read(request, caller.SipUser, names.IsOurs(request.To!.Uri, flow), flow.Transport == "tls");

        // A REGISTER that will be refused becomes a query: the refusal is only for those whose digest the grain found right.
        var outcome = await grains.AskAsync("register", mac, g => g.Register(Command(request, flow, caller, reading)));
        if (outcome is { Status: RegisterStatus.Accepted })
        {
            NoteRight(flow, caller, reading, outcome);
        }

        var response = outcome is { Status: RegisterStatus.Accepted }
            ? reading.RefusalStatus == 0 ? Accepted(request, flow, reading, outcome) : Refused(request, flow, reading, mac)
            : Response(request, flow, outcome, caller);
        if (outcome is { Lease: not null })
        {
            leases.Take(outcome, request, flow, mac, caller, who.NonceIssuedAtMicroseconds);
        }

        if (response is null)
        {
            transaction.KeepSilent();
        }
        else
        {
            transaction.Respond(response.Build());
        }
    }

    // The digest is right: whoever sent it is counted as who he is, and where he registered from no ban reaches.
    private void NoteRight(Flow flow, SipCaller caller, RegisterReading reading, RegisterOutcome outcome)
    {
        flow.Prove();
        rate.TryCount(Encoding.UTF8.GetBytes(caller.SipUser));
        if (outcome.Bindings.IsEmpty)
        {
            live.Forget(flow);
        }
        else if (reading is { RefusalStatus: 0, Contacts.IsEmpty: false })
        {
            live.Note(flow, outcome.Bindings.Max(b => b.ExpiresSeconds));
        }
    }

    private SipResponseBuilder Refused(SipRequest request, Flow flow, RegisterReading reading, string mac)
    {
        var response = responder.Build(request, flow, reading.RefusalStatus, reading.RefusalReason);
        if (reading.RefusalStatus == 403)
        {
            LogOnceASecond(mac, flow);
        }

        return reading.RefusalStatus == 421 ? response.Add(SipHeaderName.Require, "path") : response;
    }

    // Whoever has one credential could otherwise fill the log with it.
    private void LogOnceASecond(string mac, Flow flow)
    {
        var last = Interlocked.Read(ref lastLoggedAt);
        var now = time.GetTimestamp();
        if ((last == 0 || time.GetElapsedTime(last, now) >= LogPause) && Interlocked.CompareExchange(ref lastLoggedAt, now, last) == last)
        {
            LogForeignAddress(mac, flow.Remote.ToString());
        }
    }

    private RegisterCommand Command(SipRequest request, Flow flow, SipCaller caller, RegisterReading reading) => new()
    {
        Caller = caller,
        Flow = flow.Facts(options.EdgeId),
        CallId = request.CallId!,
        CSeq = request.CSeq!.Number,
        Contacts = reading.RefusalStatus == 0 ? reading.Contacts : [],
        RemoveAll = reading.RemoveAll,
        Path = [.. (request.Paths ?? []).Select(p => p.ToString())],
        Lease = leases.Request(caller),
    };

    private SipResponseBuilder? Response(SipRequest request, Flow flow, RegisterOutcome? outcome, SipCaller caller) => outcome?.Status switch
    {
        null => responder.Busy(request, flow, null),
        RegisterStatus.IntervalTooBrief => responder.Build(request, flow, 423)
            .Add(SipHeaderName.MinExpires, outcome.MinExpiresSeconds.ToString(CultureInfo.InvariantCulture)),
        RegisterStatus.OutOfOrder => responder.Build(request, flow, 400, "CSeq Out Of Order"),
        RegisterStatus.StaleNonce => challenges.New(request, flow, isStale: true),
        _ => challenges.ToWrong(request, flow, caller.SipUser),
    };

    private SipResponseBuilder Accepted(SipRequest request, Flow flow, RegisterReading reading, RegisterOutcome outcome)
    {
        var response = responder.Build(request, flow, 200)
            .Add(SipHeaderName.Date, time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture))
            .Add(SipHeaderName.Supported, OutboundRules.Supported);
        if (reading.Contacts.Any(c => c.RegId > 0))
        {
            // RFC 5626 §6: told that reg-id counted. Flow-Timer is for connections: over UDP it would ask for STUN, which is not served.
            response.Add(SipHeaderName.Require, "outbound");
            if (flow.IsReliable)
            {
                response.Add(SipHeaderName.FlowTimer, options.Limits.FlowTimerSeconds.ToString(CultureInfo.InvariantCulture));
            }
        }

        foreach (var binding in outcome.Bindings)
        {
            var contact = string.Create(
                CultureInfo.InvariantCulture, $"<{binding.Uri}>{binding.Parameters};expires={binding.ExpiresSeconds}");
            response.Add(SipHeaderName.Contact, contact);
        }

        var knowsPath = request.Supported?.Contains("path", StringComparer.OrdinalIgnoreCase) ?? false;
        return knowsPath ? response.CopyAll(request, SipHeaderName.Path) : response;
    }

    [LoggerMessage(1, LogLevel.Warning,
        "Security: a phone with the right password of {Mac} asked from {Source} to register another's address; it got 403.")]
    private partial void LogForeignAddress(string mac, string source);
}
