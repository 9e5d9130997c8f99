using System.Globalization;

namespace SipGateway.Edge;

/// <summary>IANA time zones in Yealink's form: an offset, and a name that carries the rules of summer time.</summary>
internal static class YealinkTimeZones
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Europe/Berlin"] = "Germany(Berlin)",
        ["Europe/Paris"] = "France(Paris)",
        ["Europe/London"] = "United Kingdom(London)",
        ["Europe/Madrid"] = "Spain(Madrid)",
        ["Europe/Lisbon"] = "Portugal(Lisboa,Porto,Funchal)",
        ["Europe/Rome"] = "Italy(Rome)",
        ["Europe/Vienna"] = "Austria(Vienna)",
        ["Europe/Zurich"] = "Switzerland(Bern)",
        ["Europe/Amsterdam"] = "Netherlands(Amsterdam)",
        ["Europe/Brussels"] = "Belgium(Brussels)",
        ["America/New_York"] = "United States-Eastern Time",
        ["America/Chicago"] = "United States-Central Time",
        ["America/Denver"] = "United States-Mountain Time",
        ["America/Los_Angeles"] = "United States-Pacific Time",
        ["America/Sao_Paulo"] = "Brazil(DST)",
        ["Asia/Tokyo"] = "Japan(Tokyo)",
        ["Asia/Shanghai"] = "China(Beijing)",
        ["Australia/Sydney"] = "Australia(Sydney,Melbourne,Canberra)",
    };

    /// <summary>The standard offset, such as <c>+1</c> or <c>-3:30</c>; <c>0</c> for a zone nobody knows.</summary>
    public static string OffsetOf(string zone)
    {
        var offset = ZoneOffsets.StandardOf(zone);
        if (offset == TimeSpan.Zero) return "0";
        var minutes = Math.Abs(offset.Minutes);
        var text = string.Create(CultureInfo.InvariantCulture, $"{(offset < TimeSpan.Zero ? "-" : "+")}{Math.Abs(offset.Hours)}");
        return minutes == 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{text}:{minutes:D2}");
    }

    /// <summary>Yealink's name; clearing for a zone that is not in the table: then the offset alone counts.</summary>
    public static string NameOf(string zone) => Names.GetValueOrDefault(zone, "%NULL%");
}
