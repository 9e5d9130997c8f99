using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <summary>What changed among the phones within a moment, the newest of each. It is made once, and every page picks from it what is its own.</summary>
internal sealed class DeviceNews
{
    private readonly IReadOnlyDictionary<string, Device?> _newest;
    private readonly Device[] _byMac;
    private readonly string[] _macs;

    /// <summary>Only the feed makes one.</summary>
    /// <param name="newest">By name; null for a phone that is gone.</param>
    /// <param name="hasGap">Whether something may have happened that is not among them.</param>
    public DeviceNews(IReadOnlyDictionary<string, Device?> newest, bool hasGap = false)
    {
        (_newest, HasGap) = (newest, hasGap);
        _byMac = [.. newest.Values.OfType<Device>().OrderBy(device => device.Mac, StringComparer.Ordinal)];
        _macs = Array.ConvertAll(_byMac, device => device.Mac);
    }

    /// <summary>Whether something may have happened that nobody told.</summary>
    public bool HasGap { get; }

    /// <summary>Whether a phone changed.</summary>
    /// <param name="name">Which.</param>
    /// <param name="device">As it is now; null when it is gone.</param>
    public bool TryFind(string name, out Device? device) => _newest.TryGetValue(name, out device);

    /// <summary>Phones that changed, from a MAC to another; null for no end on that side.</summary>
    public ReadOnlySpan<Device> Between(string? low, string? high)
    {
        var from = low is null ? 0 : FirstAt(low);
        var to = high is null ? _byMac.Length : FirstAt(high + "\0");
        return to > from ? _byMac.AsSpan(from, to - from) : [];
    }

    private int FirstAt(string mac)
    {
        var at = Array.BinarySearch(_macs, mac, StringComparer.Ordinal);
        return at < 0 ? ~at : at;
    }
}
