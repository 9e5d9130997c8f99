using System.Text.RegularExpressions;

namespace SipGateway.Edge;

/// <summary>
/// Spectralink 84 series: Wi-Fi handsets with Poly's software and its files ("Spectralink 84-Series Wireless Telephones Administration Guide"). Until
/// software 4 they called themselves Polycom's.
/// </summary>
internal sealed partial class SpectralinkVendor() : PolyScheme("spectralink", UserAgent(), SipUserAgent())
{
    [GeneratedRegex(
        @"^(?:Polycom)?Spectralink-(?<model>SL_84\d{2})-UA/(?<fw>\d{1,4}(?:\.\d{1,5}){1,4})(?:_(?<mac>[0-9a-f]{12}))?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SipUserAgent();

    [GeneratedRegex(
        @"^FileTransport (?:Polycom)?Spectralink-(?<model>SL_84\d{2})-UA/(?<fw>\d{1,4}(?:\.\d{1,5}){1,4})"
        + @"(?: \(SN:(?<mac>[0-9a-f]{12})\))?(?: Type/(?:Application|Updater))?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UserAgent();
}
