using SipGateway.Sip;

namespace SipGateway.PhoneSimulator;

/// <content>Rebooting, asked or not.</content>
public sealed partial class SimulatedPhone
{
    /// <summary>Reboots from the phone's menu: a new Call-ID, and the boot order from its first file.</summary>
    public Task RebootAsync(CancellationToken cancellation = default) => RebootAsync("menu", cancellation);

    private async Task RebootAsync(string cause, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (!IsOn)
            {
                return;
            }

            _log.Add(new Rebooting(cause));
            await StopAsync().ConfigureAwait(false);
            if (_options.RebootDuration > TimeSpan.Zero)
            {
                await Task.Delay(_options.RebootDuration, _options.Clock, cancellation).ConfigureAwait(false);
            }

            await BootAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private NotifyAnswer OnNotify(SipRequest request, NotifyGuard guard)
    {
        var answer = Notifies != NotifyObedience.Silent && _options.Dialect.Challenges(request.Event, Memory.Settings) && guard.Ask(request) is { } challenge
            ? new NotifyAnswer(401, NotifyDeed.Nothing, challenge)
            : NotifyRules.Decide(_options.Dialect.Obey(request.Event, Memory.Settings), Notifies);
        _log.Add(new NotifyReceived(request.Event?.ToString() ?? string.Empty, answer.StatusCode));
        return answer;
    }

    /// <summary>Called when the answer is out; what the phone then does takes longer than a transaction and may end the line
    /// that asks.</summary>
    private void Obey(NotifyDeed deed, SipRequest request)
    {
        if (deed != NotifyDeed.Nothing && _power?.Token is { } powered)
        {
            _ = Task.Run(() => ObeyAsync(deed, request, powered), CancellationToken.None);
        }
    }

    private async Task ObeyAsync(NotifyDeed deed, SipRequest request, CancellationToken powered)
    {
        try
        {
            if (deed is NotifyDeed.Reboot or NotifyDeed.Resync)
            {
                // A phone in a call finishes it first.
                await Task.WhenAll(Lines().Select(line => line.WhenIdleAsync(powered))).ConfigureAwait(false);
            }

            switch (deed)
            {
                case NotifyDeed.Reboot:
                    await RebootAsync("check-sync", CancellationToken.None).ConfigureAwait(false);
                    break;
                case NotifyDeed.Resync:
                    await ResyncAsync("check-sync", powered).ConfigureAwait(false);
                    break;
                default:
                    Show(_options.Dialect.ReadScreen(request.Body.ToArray()));
                    break;
            }
        }
        catch (OperationCanceledException)
        {
            // The power was cut meanwhile.
        }
    }
}
