namespace SipGateway.Edge;

/// <summary>IANA time zones as phones without their names know them.</summary>
internal static class ZoneOffsets
{
    /// <summary>The standard offset from UTC; zero for a zone nobody knows.</summary>
    public static TimeSpan StandardOf(string zone) => TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found.BaseUtcOffset : TimeSpan.Zero;
}
