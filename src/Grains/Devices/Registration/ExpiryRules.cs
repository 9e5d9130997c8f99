using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Devices;

/// <summary>How long a binding lives.</summary>
internal static class ExpiryRules
{
    private const uint Hour = 3600;

    /// <summary>The line's own limit: within the last tenth below the longest, the same at each refresh, so that phones that booted together part.</summary>
    public static uint Limit(string credential, string mac, DeviceOptions options)
    {
        // FNV-1a: the same on every silo and after every start, which string.GetHashCode is not.
        var hash = 2166136261u;
        foreach (var c in mac + credential) hash = (hash ^ c) * 16777619u;
        return options.MaxExpiresSeconds - (hash % ((options.MaxExpiresSeconds / 10) + 1));
    }

    /// <summary>
    /// Seconds granted; null: too brief. RFC 3261 §10.3: only what was asked for below an hour can be that; whoever asks for nothing gets
    /// what there is.
    /// </summary>
    public static uint? Grant(uint? asked, string transport, uint limit, DeviceOptions options)
    {
        var least = options.MinExpiresSeconds;
        var wanted = asked ?? Math.Max(least, transport == "udp" ? options.UdpExpiresSeconds : options.StreamExpiresSeconds);
        return wanted < least && wanted < Hour ? null : Math.Min(wanted, limit);
    }
}
