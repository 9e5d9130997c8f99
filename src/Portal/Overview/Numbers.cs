using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace SipGateway.Portal;

/// <summary>Numbers as people read them.</summary>
internal static class Numbers
{
    /// <summary><c>12,345</c>, as the page's language has it.</summary>
    public static string Told(long number) => number.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>So many a second.</summary>
    public static string Rate(double perSecond) => perSecond.ToString(perSecond < 100 ? "N1" : "N0", CultureInfo.CurrentCulture);

    /// <summary>A share of a whole in hundredths, of a bar or a ring; a share that is there is to be seen.</summary>
    public static double Hundredths(long part, long whole) => whole <= 0 || part <= 0 ? 0 : Math.Max(1, Math.Round(100.0 * part / whole, 1));

    /// <summary>The same for people.</summary>
    public static string Percent(long part, long whole) =>
        whole <= 0 ? "" : ((double)part / whole).ToString(part == whole || part == 0 ? "P0" : "P1", CultureInfo.CurrentCulture);

    /// <summary>As SVG writes numbers, in every language.</summary>
    public static string Svg(double number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>How long something took.</summary>
    public static string Took(Timestamp? start, Timestamp? end) => start is null || end is null ? "" :
        (end.ToDateTimeOffset() - start.ToDateTimeOffset()) switch
    {
        { TotalSeconds: < 10 } time => Texts.Seconds(time.TotalSeconds.ToString("0.0", CultureInfo.CurrentCulture)),
        { TotalSeconds: < 90 } time => Texts.Seconds(time.TotalSeconds.ToString("0", CultureInfo.CurrentCulture)),
        var time => Texts.Minutes(time.TotalMinutes.ToString("0", CultureInfo.CurrentCulture)),
    };
}
