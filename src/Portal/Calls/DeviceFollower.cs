using System.Collections.Frozen;
using Grpc.Core;
using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <summary>
/// One open page's ear: of what changes it keeps only what is on the page, the newest of each, until the page takes it. Told by another thread than the page's.
/// </summary>
internal sealed class DeviceFollower : IDisposable
{
    // Heard while the page is read; more is not worth keeping, the page is read again.
    private const int MaxMeanwhile = 5000;

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _life = new();
    private readonly Dictionary<string, Device?> _meanwhile = new(StringComparer.Ordinal);
    private Dictionary<string, Device> _changed = new(StringComparer.Ordinal);
    private readonly Action<DeviceFollower> _leave;
    private FrozenSet<string> _names = FrozenSet<string>.Empty;
    private Func<Device, bool> _belongs = _ => false;
    private bool _isReading;
    private volatile bool _isStale;

    /// <summary>Only the feed makes one.</summary>
    public DeviceFollower(Func<string, CancellationToken, AsyncServerStreamingCall<WatchDevicesResponse>> watch, Action<DeviceFollower> leave)
    {
        (Watch, Life, _leave) = (watch, _life.Token, leave);
    }

    /// <summary>Opens a watch under this page's session.</summary>
    public Func<string, CancellationToken, AsyncServerStreamingCall<WatchDevicesResponse>> Watch { get; }

    /// <summary>Ends with the page.</summary>
    public CancellationToken Life { get; }

    /// <summary>Whether rows may have come or gone, so that the page has to be read anew.</summary>
    public bool IsStale => _isStale;

    /// <summary>The page is being read: what is heard from now on may be newer.</summary>
    public void BeginReading()
    {
        lock (_gate)
        {
            _isReading = true;
            _meanwhile.Clear();
        }
    }

    /// <summary>The page was read, and shows these from now on.</summary>
    /// <param name="names">The phones on it.</param>
    /// <param name="belongs">Whether a phone may have to be on it; says yes in doubt.</param>
    public void Show(IEnumerable<string> names, Func<Device, bool> belongs)
    {
        lock (_gate)
        {
            (_names, _belongs, _isReading) = (names.ToFrozenSet(StringComparer.Ordinal), belongs, false);
            _isStale = _meanwhile.Count >= MaxMeanwhile;
            _changed.Clear();
            foreach (var (name, device) in _meanwhile)
            {
                Note(name, device);
            }

            _meanwhile.Clear();
        }
    }

    /// <summary>A phone changed, or is new; null for one that is gone.</summary>
    public void Hear(string name, Device? device)
    {
        lock (_gate)
        {
            if (_isReading && _meanwhile.Count < MaxMeanwhile)
            {
                _meanwhile[name] = device;
            }

            Note(name, device);
        }
    }

    /// <summary>Something may have happened that nobody told.</summary>
    public void Miss() => _isStale = true;

    /// <summary>The rows that changed since it was last asked.</summary>
    public IReadOnlyDictionary<string, Device> Take()
    {
        lock (_gate)
        {
            var taken = _changed;
            if (taken.Count > 0)
            {
                _changed = new Dictionary<string, Device>(StringComparer.Ordinal);
            }

            return taken;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _leave(this);
        _life.Cancel();
        _life.Dispose();
    }

    private void Note(string name, Device? device)
    {
        var isOnPage = _names.Contains(name);
        if (isOnPage && device is not null)
        {
            _changed[name] = device;
        }

        if (!_isStale && isOnPage != (device is not null && _belongs(device)))
        {
            _isStale = true;
        }
    }
}
