using System.Globalization;

namespace SipGateway.Edge;

/// <summary>IANA time zones as phones without their names know them.</summary>
internal static class ZoneOffsets
{
    /// <summary>The standard offset from UTC; zero for a zone nobody knows.</summary>
    public static TimeSpan StandardOf(string zone) => TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found.BaseUtcOffset : TimeSpan.Zero;

    /// <summary>The standard offset as <c>GMT+01:00</c>.</summary>
    public static string GmtOf(string zone)
    {
        var offset = StandardOf(zone);
        var sign = offset < TimeSpan.Zero ? '-' : '+';
        return string.Create(CultureInfo.InvariantCulture, $"GMT{sign}{Math.Abs(offset.Hours):D2}:{Math.Abs(offset.Minutes):D2}");
    }
}
