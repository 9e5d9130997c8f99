using System.Collections.Frozen;
using Grpc.Core;
using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <summary>
/// One open page's ear: of what changes it keeps only what is on the page, the newest of each, until the page takes it. Told by another thread than the page's.
/// </summary>
internal sealed class DeviceFollower : IDisposable
{
    // Heard while the page is read: what comes within as long as a call may take. After more the page is read again.
    private const int MaxMeanwhile = 64;

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _life = new();
    private readonly List<DeviceNews> _meanwhile = [];
    private readonly Action<DeviceFollower> _leave;
    private Dictionary<string, Device> _changed = new(StringComparer.Ordinal);
    private TaskCompletionSource _heard = Waiting();
    private Dictionary<string, Device> _shown = new(StringComparer.Ordinal);
    private DeviceWindow _window = DeviceWindow.Nothing;
    private bool _isReading;
    private bool _isStale;
    private bool _isLive = true;

    /// <summary>Only the feed makes one.</summary>
    public DeviceFollower(Func<string, CancellationToken, AsyncServerStreamingCall<WatchDevicesResponse>> watch, Action<DeviceFollower> leave)
    {
        (Watch, Life, _leave) = (watch, _life.Token, leave);
    }

    /// <summary>Opens a watch under this page's session.</summary>
    public Func<string, CancellationToken, AsyncServerStreamingCall<WatchDevicesResponse>> Watch { get; }

    /// <summary>Ends with the page.</summary>
    public CancellationToken Life { get; }

    /// <summary>Completes when the page is to take what was heard.</summary>
    public Task Heard
    {
        get
        {
            lock (_gate)
            {
                return _heard.Task;
            }
        }
    }

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
    /// <param name="devices">The phones on it.</param>
    /// <param name="window">Which phones may have to be on it.</param>
    public void Show(IEnumerable<Device> devices, DeviceWindow window)
    {
        lock (_gate)
        {
            (_shown, _window, _isReading) = (devices.ToDictionary(device => device.Name, StringComparer.Ordinal), window, false);
            _isStale = _meanwhile.Count > MaxMeanwhile;
            _changed.Clear();
            foreach (var news in _meanwhile)
            {
                Note(news);
            }

            _meanwhile.Clear();
            Wake(_isStale);
        }
    }

    /// <summary>Phones changed.</summary>
    public void Hear(DeviceNews news)
    {
        lock (_gate)
        {
            if (_isReading && _meanwhile.Count <= MaxMeanwhile)
            {
                _meanwhile.Add(news);
            }

            Note(news);
        }
    }

    /// <summary>From now on changes are told as they happen, or are not.</summary>
    public void SetLive(bool isLive)
    {
        lock (_gate)
        {
            Wake(_isLive != isLive);
            _isLive = isLive;
        }
    }

    /// <summary>What was heard since it was last asked.</summary>
    public Tidings Take()
    {
        lock (_gate)
        {
            var taken = new Tidings(_changed.Count > 0 ? _changed : FrozenDictionary<string, Device>.Empty, _isStale, _isLive);
            if (_changed.Count > 0)
            {
                _changed = new Dictionary<string, Device>(StringComparer.Ordinal);
            }

            if (_heard.Task.IsCompleted)
            {
                _heard = Waiting();
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

    private static TaskCompletionSource Waiting() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Note(DeviceNews news)
    {
        var wasStale = _isStale;
        _isStale |= news.HasGap;
        foreach (var (name, before) in _shown)
        {
            if (!news.TryFind(name, out var now))
            {
                continue;
            }

            _isStale |= !_window.Keeps(before, now);
            if (now is not null)
            {
                // An entry that is there may be replaced while they are walked through.
                _shown[name] = _changed[name] = now;
            }
        }

        _isStale = _isStale || _window.MayGrow(news, _shown.ContainsKey);
        Wake(_changed.Count > 0 || (_isStale && !wasStale));
    }

    private void Wake(bool isNews)
    {
        if (isNews)
        {
            _heard.TrySetResult();
        }
    }
}

/// <summary>What an open list is told.</summary>
/// <param name="Changed">Phones on it that are other than before, by name.</param>
/// <param name="IsStale">Whether phones may have come or gone, so that it has to be read anew.</param>
/// <param name="IsLive">Whether changes are told as they happen.</param>
internal sealed record Tidings(IReadOnlyDictionary<string, Device> Changed, bool IsStale, bool IsLive);
