using System.Collections.Concurrent;
using System.Collections.Frozen;
using Grpc.Core;
using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <summary>
/// One open page's ear: of what changes it keeps only what is on the page, the newest of each, until the page takes it. Told by another thread than the page's.
/// </summary>
internal sealed class DeviceFollower : IDisposable
{
    private readonly CancellationTokenSource _life = new();
    private readonly ConcurrentDictionary<string, Device> _changed = new(StringComparer.Ordinal);
    private readonly Action<DeviceFollower> _leave;
    private volatile Shown _shown = new(FrozenSet<string>.Empty, _ => false);
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

    /// <summary>The page shows these from now on.</summary>
    /// <param name="names">The phones on it.</param>
    /// <param name="belongs">Whether a phone may have to be on it; says yes in doubt.</param>
    public void Show(IEnumerable<string> names, Func<Device, bool> belongs)
    {
        _shown = new Shown(names.ToFrozenSet(StringComparer.Ordinal), belongs);
        _changed.Clear();
        _isStale = false;
    }

    /// <summary>A phone changed, or is new.</summary>
    public void Hear(Device device)
    {
        var shown = _shown;
        var isOnPage = shown.Names.Contains(device.Name);
        if (isOnPage)
        {
            _changed[device.Name] = device;
        }

        if (!_isStale && isOnPage != shown.Belongs(device))
        {
            _isStale = true;
        }
    }

    /// <summary>A phone is gone.</summary>
    public void HearGone(string name)
    {
        if (_shown.Names.Contains(name))
        {
            _isStale = true;
        }
    }

    /// <summary>Something may have happened that nobody told.</summary>
    public void Miss() => _isStale = true;

    /// <summary>Whether rows may have come or gone, so that the page has to be read anew.</summary>
    public bool IsStale => _isStale;

    /// <summary>The rows that changed since it was last asked.</summary>
    public IReadOnlyDictionary<string, Device> Take()
    {
        if (_changed.IsEmpty)
        {
            return FrozenDictionary<string, Device>.Empty;
        }

        var taken = new Dictionary<string, Device>(StringComparer.Ordinal);
        foreach (var name in _changed.Keys)
        {
            if (_changed.TryRemove(name, out var device))
            {
                taken[name] = device;
            }
        }

        return taken;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _leave(this);
        _life.Cancel();
        _life.Dispose();
    }

    private sealed record Shown(FrozenSet<string> Names, Func<Device, bool> Belongs);
}
