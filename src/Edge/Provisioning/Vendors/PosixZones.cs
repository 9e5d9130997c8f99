using System.Globalization;

namespace SipGateway.Edge;

/// <summary>IANA time zones as POSIX writes them (IEEE 1003.1, TZ): the standard offset, and the rule of summer time where it is a simple one.</summary>
internal static class PosixZones
{
    private const string European = ",M3.5.0,M10.5.0/3";
    private const string American = ",M3.2.0,M11.1.0";

    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Europe/London"] = "GMT0BST,M3.5.0/1,M10.5.0",
        ["Europe/Lisbon"] = "WET0WEST,M3.5.0/1,M10.5.0",
        ["Europe/Berlin"] = "CET-1CEST" + European,
        ["Europe/Paris"] = "CET-1CEST" + European,
        ["Europe/Madrid"] = "CET-1CEST" + European,
        ["Europe/Rome"] = "CET-1CEST" + European,
        ["Europe/Vienna"] = "CET-1CEST" + European,
        ["Europe/Zurich"] = "CET-1CEST" + European,
        ["Europe/Amsterdam"] = "CET-1CEST" + European,
        ["Europe/Brussels"] = "CET-1CEST" + European,
        ["America/New_York"] = "EST5EDT" + American,
        ["America/Chicago"] = "CST6CDT" + American,
        ["America/Denver"] = "MST7MDT" + American,
        ["America/Los_Angeles"] = "PST8PDT" + American,
        ["Asia/Tokyo"] = "JST-9",
        ["Asia/Shanghai"] = "CST-8",
        ["Australia/Sydney"] = "AEST-10AEDT,M10.1.0,M4.1.0/3",
    };

    /// <summary>The zone; for one that is not in the table its standard offset alone, such as <c>LOC-5:30</c>.</summary>
    public static string Of(string zone)
    {
        if (Names.TryGetValue(zone, out var name)) return name;
        var offset = ZoneOffsets.StandardOf(zone);
        var sign = offset > TimeSpan.Zero ? "-" : "";
        var minutes = Math.Abs(offset.Minutes);
        var hours = string.Create(CultureInfo.InvariantCulture, $"LOC{sign}{Math.Abs(offset.Hours)}");
        return minutes == 0 ? hours : string.Create(CultureInfo.InvariantCulture, $"{hours}:{minutes:D2}");
    }
}
