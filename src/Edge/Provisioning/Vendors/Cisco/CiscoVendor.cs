using System.Text.RegularExpressions;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge;

/// <summary>
/// Cisco multiplatform phones (6800, 7800, 8800) and SPA phones with a MAC in their user agent: a factory-fresh one asks for a file named by its
/// product, a configured one for <c>MAC.xml</c>, and each is the whole of its boot order.
/// </summary>
internal sealed partial class CiscoVendor : IVendor
{
    private readonly VendorTemplates templates = new("Cisco", Escaping.Xml);

    /// <inheritdoc/>
    public string Vendor => "cisco";

    /// <inheritdoc/>
    public string FileContentType => "text/xml; charset=utf-8";

    /// <inheritdoc/>
    public string ScreenContentType => "text/xml; charset=utf-8";

    /// <summary>Both are challenged with the line's account (<c>Auth_Resync-Reboot</c>, on by default and left so).</summary>
    public string Event(NotifyKind kind) => kind == NotifyKind.Restart ? "reboot" : "resync";

    /// <inheritdoc/>
    public RecognizedPhone? Recognize(string userAgent) =>
        UserAgents.Read(Multiplatform(), Vendor, userAgent) ?? UserAgents.Read(SmallBusiness(), Vendor, userAgent);

    /// <inheritdoc/>
    public RecognizedPhone? RecognizeSip(string userAgent) => UserAgents.Read(SipUserAgent(), Vendor, userAgent);

    /// <inheritdoc/>
    public VendorFile? Route(string fileName, RecognizedPhone phone) =>
        ProductFile().IsMatch(fileName) && phone.Mac.Length > 0
            ? new VendorFile(ConfigFile.Whole, phone.Mac)
            : MacFiles.Route(DeviceFile(), fileName, ConfigFile.Whole);

    /// <inheritdoc/>
    public string? MacIn(CertificateSubject subject) => CiscoCertificate.MacIn(subject);

    /// <inheritdoc/>
    public string Render(VendorFile file, FileFacts facts) => templates.Render("device", CiscoDeviceFile.Values(facts));

    /// <inheritdoc/>
    public string RenderScreen(ScreenFacts screen) => CiscoScreen.Render(screen);

    /// <summary>The 8800 with a colour screen; <c>CiscoIPPhoneImageFile</c> is among the XML objects of the multiplatform phones.</summary>
    public PicturePlace PictureOn(RecognizedPhone phone) => ColourScreens().IsMatch(phone.Model) ? PicturePlace.AsThePage : PicturePlace.Nowhere;

    [GeneratedRegex(@"^CP-88[4-6][0-9](?:NR)?-3PCC\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ColourScreens();

    [GeneratedRegex(
        @"^Cisco-(?<model>CP-[A-Z0-9]{4,8}-3PCC)/(?<fw>[\w.-]{1,40}?)(?:_(?<mac>[0-9a-f]{12}))?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SipUserAgent();

    [GeneratedRegex(
        @"^Cisco-(?<model>CP-[A-Z0-9]{4,8}-3PCC)/(?<fw>[\w.-]{1,40}) \((?<mac>[0-9a-f]{12})\)\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Multiplatform();

    // The last brackets hold a serial number, which may look like a MAC and is none.
    [GeneratedRegex(
        @"^(?:Cisco|Linksys)/(?<model>SPA-?\d{3}[A-Z]{0,2}\d?)-(?<fw>\d{1,3}(?:\.\d{1,3}){1,3}[a-z]?(?:\([a-z0-9]{1,4}\))?) "
        + @"(?:\((?<mac>[0-9a-f]{12})\)(?=\())?\(\w{4,20}\)\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SmallBusiness();

    [GeneratedRegex(@"^(?:CP-)?[0-9]{4}[A-Z]{0,3}(?:-3PCC)?\.(?:xml|cfg)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ProductFile();

    [GeneratedRegex(@"^(?<mac>[0-9a-f]{12})\.xml\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DeviceFile();
}
