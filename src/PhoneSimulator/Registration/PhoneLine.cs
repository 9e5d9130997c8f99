using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using SipGateway.Sip;

namespace SipGateway.PhoneSimulator;

/// <summary>One account in service: its flow, its registration, its calls. Lives from a boot or account change to the next.</summary>
internal sealed partial class PhoneLine : IAsyncDisposable
{
    /// <summary>What a Yealink says, word for word.</summary>
    private const string AllowedMethods =
        "INVITE, INFO, PRACK, ACK, BYE, CANCEL, OPTIONS, NOTIFY, REGISTER, SUBSCRIBE, REFER, PUBLISH, UPDATE, MESSAGE";

    private readonly PhoneOptions _options;
    private readonly PhoneTrust _trust;
    private readonly EventLog _log;
    private readonly Func<SipRequest, NotifyGuard, NotifyAnswer> _onNotify;
    private readonly NotifyGuard _guard;
    private readonly Action<NotifyDeed, SipRequest> _obey;
    private readonly CancellationTokenSource _stop = new();
    private readonly string _fromTag = Tokens.Tag();
    private readonly DigestMemory _digest;
    private string? _callId;
    private uint _cseq;
    private Connection? _connection;
    private Task _running = Task.CompletedTask;

    public PhoneLine(
        AccountSettings account,
        PhoneOptions options,
        PhoneTrust trust,
        EventLog log,
        Func<SipRequest, NotifyGuard, NotifyAnswer> onNotify,
        Action<NotifyDeed, SipRequest> obey)
    {
        Account = account;
        (_options, _trust, _log, _onNotify, _obey) = (options, trust, log, onNotify, obey);
        _digest = new DigestMemory(account);
        _guard = new NotifyGuard(account);
    }

    public AccountSettings Account { get; }

    public bool IsRegistered { get; private set; }

    public void Start() => _running = RunAsync();

    /// <summary>Says good-bye to the registrar and stops.</summary>
    public async Task UnregisterAsync(CancellationToken cancellation)
    {
        if (IsRegistered && _connection is { } connection)
        {
            var response = await RegisterAsync(connection, expiresSeconds: 0, cancellation).ConfigureAwait(false);
            if (response?.StatusCode is >= 200 and < 300)
            {
                _log.Add(new Unregistered(Account.Number));
            }
        }
    }

    /// <summary>Stops at once, saying nothing to anyone.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var stop = _stop.Token;
        for (var tries = 0; !stop.IsCancellationRequested; tries++)
        {
            var hops = Account.NextHops;
            try
            {
                await using var flow = await SipFlow.OpenAsync(Account, hops[tries % hops.Count], _options, _trust, stop).ConfigureAwait(false);
                await ServeAsync(flow, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
            }
            catch (Exception failure) when (failure is SocketException or IOException or AuthenticationException)
            {
                _log.Add(new RegistrationFailed(Account.Number, 0, failure.Message));
            }

            IsRegistered = false;
            if ((tries + 1) % hops.Count == 0)
            {
                await PauseAsync(_options.RegistrationRetryDelay, stop).ConfigureAwait(false);
            }
        }
    }

    private async Task ServeAsync(SipFlow flow, CancellationToken stop)
    {
        var connection = new Connection(flow, new SipExchanges(flow, _options.Clock));
        _callId ??= Tokens.CallId(flow.Local.Address);
        var receiving = flow.ReceiveAsync(message => OnMessageAsync(connection, message, stop), stop);
        _connection = connection;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, flow.Closed);
        try
        {
            await Task.WhenAll(KeepRegisteredAsync(connection, either.Token), KeepAliveAsync(flow, either.Token)).ConfigureAwait(false);
        }
        finally
        {
            _connection = null;
            EndCalls();
            await flow.DisposeAsync().ConfigureAwait(false);
            await receiving.ConfigureAwait(false);
        }
    }

    private async Task KeepRegisteredAsync(Connection connection, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var response = await RegisterAsync(connection, Account.ExpiresSeconds, stop).ConfigureAwait(false);
            IsRegistered = response?.StatusCode is >= 200 and < 300;
            if (response is null && Account.NextHops.Count > 1)
            {
                // Silence for as long as a transaction lasts: it tries the other server.
                OnRefused(response);
                await connection.Flow.DisposeAsync().ConfigureAwait(false);
                return;
            }

            var pause = IsRegistered ? OnRegistered(response!) : OnRefused(response);
            await PauseAsync(pause, stop).ConfigureAwait(false);
        }
    }

    private TimeSpan OnRegistered(SipResponse response)
    {
        var contact = response.Contacts?.Addresses.FirstOrDefault(found => found.Uri.User == Account.UserName)
            ?? (response.Contacts?.Addresses is [var first, ..] ? first : null);
        var seconds = (int)Math.Min(contact?.ExpiresSeconds() ?? response.ExpiresSeconds ?? (uint)Account.ExpiresSeconds, 86_400);
        _log.Add(new Registered(Account.Number, Account.Label, seconds, _callId!, response.CSeq!.Number));

        // Half of what was granted leaves room for a lost refresh.
        return TimeSpan.FromSeconds(Math.Max(1, seconds / 2.0));
    }

    private TimeSpan OnRefused(SipResponse? response)
    {
        _log.Add(new RegistrationFailed(Account.Number, response?.StatusCode ?? 0, response?.ReasonPhrase ?? "no answer"));
        var retryAfter = response?.GetText(SipHeaderName.RetryAfter)?.Split(';', '(', ' ')[0];
        return int.TryParse(retryAfter, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : _options.RegistrationRetryDelay;
    }

    private async Task<SipResponse?> RegisterAsync(Connection connection, int expiresSeconds, CancellationToken cancellation)
    {
        var response = default(SipResponse);
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var branch = Tokens.Branch();
            var request = MakeRegister(connection.Flow, branch, expiresSeconds);
            response = await connection.Exchanges.SendAsync(request, branch, isInvite: false, cancellation).ConfigureAwait(false);
            if (response?.StatusCode is not (401 or 407) || !_digest.TryLearn(response))
            {
                break;
            }
        }

        return response;
    }

    private byte[] MakeRegister(SipFlow flow, string branch, int expiresSeconds)
    {
        var registrar = SipUri.Create(null, Account.Server);
        var request = SipRequestBuilder.Create(SipMethod.Register, registrar)
            .Via(flow.Transport, flow.Local.ToString(), branch)
            .From(new NameAddress
            {
                DisplayName = Account.DisplayName,
                Uri = Account.Address,
                Parameters = SipParameters.None.With("tag", _fromTag),
            })
            .To(Account.Address)
            .CallId(_callId!)
            .CSeq(++_cseq, SipMethod.Register)
            .Contact(Contact(flow))
            .MaxForwards()
            .Add(SipHeaderName.Allow, AllowedMethods)
            .Add(SipHeaderName.UserAgent, Account.UserAgent)
            .Add(SipHeaderName.Expires, expiresSeconds.ToString(CultureInfo.InvariantCulture))
            .Add(SipHeaderName.AllowEvents, "talk,hold,conference,refer,check-sync");
        if (_digest.Answer(SipMethod.Register, registrar.ToString()) is { } credentials)
        {
            request.Add(SipHeaderName.Authorization, credentials);
        }

        return request.Build();
    }

    private SipUri Contact(SipFlow flow)
    {
        var contact = SipUri.Create(Account.UserName, flow.Local.Address.ToString(), flow.Local.Port);
        return flow.IsReliable ? contact.WithParameter("transport", flow.Transport) : contact;
    }

    private async Task KeepAliveAsync(SipFlow flow, CancellationToken stop)
    {
        while (Account.KeepAliveSeconds > 0 && await PauseAsync(TimeSpan.FromSeconds(Account.KeepAliveSeconds), stop).ConfigureAwait(false))
        {
            await flow.SendAsync("\r\n\r\n"u8.ToArray(), stop).ConfigureAwait(false);
        }
    }

    /// <returns>False when it was stopped.</returns>
    private async Task<bool> PauseAsync(TimeSpan pause, CancellationToken stop)
    {
        try
        {
            await Task.Delay(pause, _options.Clock, stop).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private sealed record Connection(SipFlow Flow, SipExchanges Exchanges);
}
