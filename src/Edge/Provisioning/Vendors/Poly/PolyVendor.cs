using System.Text.RegularExpressions;

namespace SipGateway.Edge;

/// <summary>Poly with UC software (SoundPoint, VVX, Trio, CCX) and Edge E.</summary>
internal sealed partial class PolyVendor() : PolyScheme("poly", UserAgent(), SipUserAgent())
{
    /// <summary>
    /// Phones with a screen of 240 lines and more; the microbrowser shows uncompressed bitmaps ("Web Application for Polycom Phones, Developer Guide",
    /// image tags).
    /// </summary>
    public override PicturePlace PictureOn(RecognizedPhone phone) => Screens().IsMatch(phone.Model) ? PicturePlace.InThePage : PicturePlace.Nowhere;

    [GeneratedRegex(@"^(?:VVX_(?:250|[3-6][0-9]{2}|1500)|CCX_[0-9]{3}|Trio_8[0-9]{3})\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Screens();

    // SpectraLink was Polycom's for a while.
    [GeneratedRegex(
        @"^(?:Polycom/[\d.]{1,30} )?Poly(?!comSpectraLink-)(?:com)?\w{2,24}-(?<model>\w{2,24})-UA/(?<fw>\d{1,4}(?:\.\d{1,5}){1,4})"
        + @"(?:_(?<mac>[0-9a-f]{12}))?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SipUserAgent();

    [GeneratedRegex(
        @"^FileTransport Poly(?!comSpectraLink-)(?:com)?\w{2,24}-(?<model>\w{2,24})-UA/(?<fw>\d{1,4}(?:\.\d{1,5}){1,4})"
        + @"(?: \(SN:(?<mac>[0-9a-f]{12})\))?(?: Type/(?:Application|Updater))?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UserAgent();
}
