using System.Collections.Concurrent;
using SipGateway.Sip;

namespace SipGateway.PhoneSimulator;

/// <content>Calls that the user of the phone makes.</content>
internal sealed partial class PhoneLine
{
    private readonly ConcurrentDictionary<string, CallDialog> _dialogs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Task, bool> _dialling = new();

    /// <summary>Completes when the line has no call, neither answered nor being dialled.</summary>
    public async Task WhenIdleAsync(CancellationToken cancellation)
    {
        while (_dialling.Keys.Concat(_dialogs.Values.Select(dialog => dialog.Call!.Ended)).ToArray() is { Length: > 0 } busy)
        {
            await Task.WhenAll(busy).WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Dials and waits for the final answer.</summary>
    /// <exception cref="InvalidOperationException">The line has no flow.</exception>
    public async Task<SimulatedCall> DialAsync(string digits, CancellationToken cancellation)
    {
        var connection = _connection
            ?? throw new InvalidOperationException($"Line {Account.Number} has no connection to {Account.Server}.");
        var dialling = new TaskCompletionSource();
        _dialling[dialling.Task] = true;
        try
        {
            return await DialAsync(connection, digits, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _dialling.TryRemove(dialling.Task, out _);
            dialling.SetResult();
        }
    }

    private async Task<SimulatedCall> DialAsync(Connection connection, string digits, CancellationToken cancellation)
    {
        _log.Add(new Dialled(Account.Number));
        var rtp = new RtpSession(connection.Flow.Local.Address, _options.Clock);
        var answer = await InviteAsync(connection, digits, rtp, cancellation).ConfigureAwait(false);
        if (answer?.StatusCode is >= 200 and < 300)
        {
            return OnAnswered(answer, rtp);
        }

        await rtp.DisposeAsync().ConfigureAwait(false);
        var call = new SimulatedCall(answer?.StatusCode ?? 0, answer?.ReasonPhrase ?? "no answer", null);
        _log.Add(new CallRefused(call.StatusCode, call.Reason));
        return call;
    }

    private async Task<SipResponse?> InviteAsync(Connection connection, string digits, RtpSession rtp, CancellationToken cancellation)
    {
        var target = SipUri.Create(digits, Account.Server);
        var invitation = new Invitation(target, Tokens.CallId(connection.Flow.Local.Address), Tokens.Tag(), CallOffer.Write(rtp.Local));
        var response = default(SipResponse);
        var credentials = default(KeyValuePair<SipHeaderName, string>?);
        for (var cseq = 1u; cseq <= 2; cseq++)
        {
            var branch = Tokens.Branch();
            var request = MakeInvite(connection.Flow, invitation, cseq, branch, credentials);
            response = await connection.Exchanges.SendAsync(request, branch, isInvite: true, cancellation).ConfigureAwait(false);
            if (response is null)
            {
                return null;
            }

            await AcknowledgeAsync(connection, invitation, response, branch, cancellation).ConfigureAwait(false);
            if (response.StatusCode is not (401 or 407) || !_digest.TryLearn(response))
            {
                break;
            }

            credentials = KeyValuePair.Create(
                response.StatusCode == 407 ? SipHeaderName.ProxyAuthorization : SipHeaderName.Authorization,
                _digest.Answer(SipMethod.Invite, target.ToString())!);
        }

        return response;
    }

    private SimulatedCall OnAnswered(SipResponse answer, RtpSession rtp)
    {
        rtp.Start(CallOffer.Read(answer.Body.Span));
        var dialog = new CallDialog(answer, rtp, HangUpAsync);
        var call = dialog.Call = new SimulatedCall(answer.StatusCode, answer.ReasonPhrase, dialog);
        _dialogs[dialog.CallId] = dialog;
        _log.Add(new CallAnswered(answer.StatusCode));
        return call;
    }

    private bool OnBye(SipRequest request)
    {
        if (request.CallId is not { } callId || !_dialogs.TryGetValue(callId, out var dialog) || !dialog.Owns(request))
        {
            return false;
        }

        End(dialog, byPeer: true);
        return true;
    }

    private async Task HangUpAsync(CallDialog dialog, CancellationToken cancellation)
    {
        if (!End(dialog, byPeer: false) || _connection is not { } connection)
        {
            return;
        }

        var branch = Tokens.Branch();
        var bye = dialog.Request(SipMethod.Bye, dialog.InviteCSeq + 1, connection.Flow, branch, Account.UserAgent);
        await connection.Exchanges.SendAsync(bye, branch, isInvite: false, cancellation).ConfigureAwait(false);
    }

    private void EndCalls()
    {
        foreach (var dialog in _dialogs.Values)
        {
            End(dialog, byPeer: false);
        }
    }

    private bool End(CallDialog dialog, bool byPeer)
    {
        if (!_dialogs.TryRemove(dialog.CallId, out _))
        {
            return false;
        }

        _log.Add(new CallEnded(byPeer, dialog.Rtp.PacketsReceived));
        dialog.Call!.End(byPeer);
        _ = dialog.Rtp.DisposeAsync().AsTask();
        return true;
    }

    private ValueTask AcknowledgeAsync(
        Connection connection, Invitation invitation, SipResponse response, string branch, CancellationToken cancellation)
    {
        // RFC 3261 §13.2.2.4: the ACK to a 2xx is a request of the dialog; §17.1.1.3: to any other it belongs to the INVITE's
        // transaction.
        if (response.StatusCode < 300 && response.To?.Tag is not null)
        {
            var dialog = new CallDialog(response, null!, HangUpAsync);
            var acknowledgement = dialog.Request(
                SipMethod.Ack, response.CSeq!.Number, connection.Flow, Tokens.Branch(), Account.UserAgent);
            return connection.Exchanges.AcknowledgeAsync(branch, acknowledgement, cancellation);
        }

        var ack = SipRequestBuilder.Create(SipMethod.Ack, invitation.Target)
            .Via(connection.Flow.Transport, connection.Flow.Local.ToString(), branch)
            .From(response.From!)
            .To(response.To!)
            .CallId(invitation.CallId)
            .CSeq(response.CSeq!.Number, SipMethod.Ack)
            .MaxForwards()
            .Build();
        return connection.Exchanges.AcknowledgeAsync(branch, ack, cancellation);
    }

    private byte[] MakeInvite(
        SipFlow flow, Invitation invitation, uint cseq, string branch, KeyValuePair<SipHeaderName, string>? credentials)
    {
        var request = SipRequestBuilder.Create(SipMethod.Invite, invitation.Target)
            .Via(flow.Transport, flow.Local.ToString(), branch)
            .From(new NameAddress
            {
                DisplayName = Account.DisplayName,
                Uri = Account.Address,
                Parameters = SipParameters.None.With("tag", invitation.FromTag),
            })
            .To(invitation.Target)
            .CallId(invitation.CallId)
            .CSeq(cseq, SipMethod.Invite)
            .Contact(Contact(flow))
            .MaxForwards()
            .Add(SipHeaderName.UserAgent, Account.UserAgent)
            .Add(SipHeaderName.Allow, AllowedMethods)
            .Add(SipHeaderName.Supported, "replaces");
        if (credentials is { } pair)
        {
            request.Add(pair.Key, pair.Value);
        }

        return request.Body("application/sdp", invitation.Offer).Build();
    }

    private sealed record Invitation(SipUri Target, string CallId, string FromTag, byte[] Offer);
}
