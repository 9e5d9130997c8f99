namespace SipGateway.PhoneSimulator;

/// <summary>
/// A desk phone in software, over real sockets: boots, fetches and reads its files, registers, dials, signs in, obeys a
/// NOTIFY, and
/// keeps over a power cut what a phone keeps. Everything it does is an event to wait for. Safe to use from several threads.
/// </summary>
public sealed partial class SimulatedPhone : IAsyncDisposable
{
    private readonly PhoneOptions _options;
    private readonly EventLog _log;
    private readonly PhoneTrust _trust;
    private readonly Provisioner _provisioner;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<int, PhoneLine> _lines = [];
    private CancellationTokenSource? _power;
    private Task _polling = Task.CompletedTask;
    private int _bootCount;

    /// <summary>A phone without power.</summary>
    /// <param name="options">Which phone, and where it stands.</param>
    /// <param name="memory">What it remembers; null for a factory-fresh memory that lives as long as the object.</param>
    /// <exception cref="FormatException">The MAC is none.</exception>
    /// <exception cref="ArgumentException">The vendor or the model is not known.</exception>
    public SimulatedPhone(PhoneOptions options, PhoneMemory? memory = null)
    {
        _options = options;
        Mac = options.MacDigits;
        Memory = memory ?? PhoneMemory.InProcess();
        UserAgent = options.Dialect.HttpUserAgent(options, Memory.Settings);
        _log = new EventLog(options.Clock);
        _trust = new PhoneTrust(options, Memory);
        _provisioner = new Provisioner(options, Memory, _log);
        Notifies = options.Notifies;
    }

    /// <summary>Called for every event, in order, on the thread it happens on; it must return at once.</summary>
    public event Action<PhoneEvent>? Happened
    {
        add => _log.Happened += value;
        remove => _log.Happened -= value;
    }

    /// <summary>12 lower-case hex digits.</summary>
    public string Mac { get; }

    /// <summary>The User-Agent of its HTTP requests.</summary>
    public string UserAgent { get; }

    /// <summary>What it keeps over a power cut.</summary>
    public PhoneMemory Memory { get; }

    /// <summary>What it does with a NOTIFY; may be changed at any time.</summary>
    public NotifyObedience Notifies { get; set; }

    /// <summary>Whether it has power.</summary>
    public bool IsOn => _power is not null;

    /// <summary>Whether the first line is registered.</summary>
    public bool IsRegistered => Line(1)?.IsRegistered ?? false;

    /// <summary>The number of the last event: a place to wait from.</summary>
    public long LastSequence => _log.LastSequence;

    /// <summary>The events since the phone was made, the oldest of a long life dropped.</summary>
    public IReadOnlyList<PhoneEvent> History => _log.After(0);

    /// <summary>Gives it power. Completes when provisioning came to an end, well or not; lines register by themselves after
    /// that.</summary>
    public async Task PowerOnAsync(CancellationToken cancellation = default)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await BootAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Cuts the power: every socket is gone and nobody is told.</summary>
    public async Task PowerOffAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            if (await StopAsync().ConfigureAwait(false))
            {
                _log.Add(new PoweredOff());
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Cuts the power and gives it again.</summary>
    public async Task PowerCycleAsync(CancellationToken cancellation = default)
    {
        await PowerOffAsync().ConfigureAwait(false);
        await PowerOnAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Waits for an event; one that happened already counts, so nothing is missed between two steps.</summary>
    /// <param name="predicate">Which one; null for any of this type.</param>
    /// <param name="timeout">How long at most, on the real clock.</param>
    /// <param name="after">Only events after this number, e.g. an earlier <see cref="LastSequence"/>.</param>
    /// <param name="cancellation">Gives up early.</param>
    /// <exception cref="TimeoutException">It did not happen; the message lists what did.</exception>
    public Task<T> WaitForAsync<T>(
        Func<T, bool>? predicate = null, TimeSpan? timeout = null, long after = 0, CancellationToken cancellation = default)
        where T : PhoneEvent => _log.WaitAsync(predicate, timeout ?? TimeSpan.FromSeconds(20), after, cancellation);

    /// <summary>All events in order, those that happened already first; ends only with the token.</summary>
    public IAsyncEnumerable<PhoneEvent> EventsAsync(long after = 0, CancellationToken cancellation = default) =>
        _log.ReadAsync(after, cancellation);

    /// <summary>Cuts the power for good.</summary>
    public async ValueTask DisposeAsync() => await PowerOffAsync().ConfigureAwait(false);

    private async Task BootAsync(CancellationToken cancellation)
    {
        if (_power is not null)
        {
            return;
        }

        _power = new CancellationTokenSource();
        _log.Add(new PoweredOn(++_bootCount));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _power.Token);
        if (Profile.ProvisionsAtPowerOn)
        {
            await _provisioner.RunAsync("boot", either.Token).ConfigureAwait(false);
        }

        await ApplyAccountsAsync(either.Token).ConfigureAwait(false);
        _polling = PollAsync(_power.Token);
    }

    private async Task<bool> StopAsync()
    {
        if (_power is not { } power)
        {
            return false;
        }

        await power.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(Lines().Select(line => line.DisposeAsync().AsTask())).ConfigureAwait(false);
        await _polling.ConfigureAwait(false);
        lock (_lines)
        {
            _lines.Clear();
        }

        power.Dispose();
        _power = null;
        return true;
    }

    private PhoneProfile Profile => _options.Dialect.Profile(Memory.Settings, _options);

    private PhoneLine? Line(int number)
    {
        lock (_lines)
        {
            return _lines.GetValueOrDefault(number);
        }
    }

    private PhoneLine[] Lines()
    {
        lock (_lines)
        {
            return [.. _lines.Values];
        }
    }
}
