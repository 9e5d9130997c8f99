namespace SipGateway.PhoneSimulator;

/// <content>Fetching the configuration again, and putting accounts into service.</content>
public sealed partial class SimulatedPhone
{
    /// <summary>How long a phone waits for the registrar when it removes an old account. Default: 5 s.</summary>
    private static readonly TimeSpan UnregisterTimeout = TimeSpan.FromSeconds(5);

    /// <summary>"Auto provision now" in the phone's menu. Completes when it came to an end and lines were changed where
    /// accounts were.</summary>
    /// <returns>Whether the files were read.</returns>
    public Task<bool> ResyncAsync(CancellationToken cancellation = default) => ResyncAsync("menu", cancellation);

    /// <summary>Sets memory back to what the factory gave and boots.</summary>
    public async Task FactoryResetAsync(CancellationToken cancellation = default)
    {
        await PowerOffAsync().ConfigureAwait(false);
        Memory.Clear();
        _log.Add(new FactoryReset());
        await PowerOnAsync(cancellation).ConfigureAwait(false);
    }

    private async Task<bool> ResyncAsync(string cause, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_power is not { } power)
            {
                return false;
            }

            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, power.Token);
            var isRead = await _provisioner.RunAsync(cause, either.Token).ConfigureAwait(false);
            await ApplyAccountsAsync(either.Token).ConfigureAwait(false);

            // Polling may have been switched on just now; while it runs it sees new settings by itself.
            _polling = _polling.IsCompleted ? PollAsync(power.Token) : _polling;
            return isRead;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Lines whose account changed or went say good-bye; new and changed ones register with a Call-ID of their own.</summary>
    private async Task ApplyAccountsAsync(CancellationToken cancellation)
    {
        var accounts = Profile.Accounts.ToDictionary(account => account.Number);
        foreach (var line in Lines().Where(line => !line.Account.Equals(accounts.GetValueOrDefault(line.Account.Number))))
        {
            await RemoveAsync(line, cancellation).ConfigureAwait(false);
        }

        foreach (var account in accounts.Values.Where(account => Line(account.Number) is null))
        {
            var line = new PhoneLine(account, _options, _trust, _log, OnNotify, Obey);
            lock (_lines)
            {
                _lines[account.Number] = line;
            }

            line.Start();
        }
    }

    private async Task RemoveAsync(PhoneLine line, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(UnregisterTimeout);
        try
        {
            await line.UnregisterAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The registrar is not there, and the account is not the phone's any more.
        }
        finally
        {
            lock (_lines)
            {
                _lines.Remove(line.Account.Number);
            }

            await line.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task PollAsync(CancellationToken stop)
    {
        try
        {
            while (Profile.PollPeriod is { } period)
            {
                await Task.Delay(period, _options.Clock, stop).ConfigureAwait(false);
                await ResyncAsync("poll", stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}
