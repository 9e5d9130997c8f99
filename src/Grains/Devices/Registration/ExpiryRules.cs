using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Devices;

/// <summary>How long a binding lives.</summary>
internal static class ExpiryRules
{
    /// <summary>The line's own limit: within the last tenth below the longest, the same at each refresh, so that phones that booted together part.</summary>
    public static uint Limit(string credential, string mac, DeviceOptions options)
    {
        // FNV-1a: the same on every silo and after every start, which string.GetHashCode is not.
        var hash = 2166136261u;
        foreach (var c in mac + credential) hash = (hash ^ c) * 16777619u;
        return options.MaxExpiresSeconds - (hash % ((options.MaxExpiresSeconds / 10) + 1));
    }

    /// <summary>Seconds granted; null: too brief.</summary>
    public static uint? Grant(uint? asked, string transport, uint limit, DeviceOptions options)
    {
        var wanted = asked ?? (transport == "udp" ? options.UdpExpiresSeconds : options.StreamExpiresSeconds);
        return wanted < options.MinExpiresSeconds ? null : Math.Min(wanted, limit);
    }
}
