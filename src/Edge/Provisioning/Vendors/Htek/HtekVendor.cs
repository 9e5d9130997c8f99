using System.Text.RegularExpressions;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge;

/// <summary>Htek phones with one file, <c>cfgMAC.xml</c>, of the settings that Grandstream's have in a frame of its own.</summary>
internal sealed partial class HtekVendor : IVendor
{
    private readonly VendorTemplates templates = new("Htek", Escaping.Xml);

    /// <inheritdoc/>
    public string Vendor => "htek";

    /// <inheritdoc/>
    public string FileContentType => "text/xml; charset=utf-8";

    /// <inheritdoc/>
    public string ScreenContentType => "text/xml; charset=utf-8";

    /// <inheritdoc/>
    public string Event(NotifyKind kind) => kind == NotifyKind.Restart ? "check-sync;reboot=true" : "resync";

    /// <inheritdoc/>
    public RecognizedPhone? Recognize(string userAgent) => UserAgents.Read(UserAgent(), Vendor, userAgent);

    /// <inheritdoc/>
    public RecognizedPhone? RecognizeSip(string userAgent) => UserAgents.Read(SipUserAgent(), Vendor, userAgent);

    /// <inheritdoc/>
    public VendorFile? Route(string fileName, RecognizedPhone phone) => MacFiles.Route(FileName(), fileName, ConfigFile.Whole);

    /// <inheritdoc/>
    public string Render(VendorFile file, FileFacts facts) => templates.Render("device", PValues.Of(facts));

    /// <summary>A text in the form that the vendor's browser took over from Yealink's; a phone without it gets no key that opens a page.</summary>
    public string RenderScreen(ScreenFacts screen) => XmlScreen.Render("HtekIPPhoneTextScreen", page =>
    {
        page.Text("Title", screen.Title);
        page.Text("Text", string.Join('\n', screen.Lines));
    });

    [GeneratedRegex(
        @"^Htek (?<model>[A-Z]{1,4}\d{1,4}[A-Z0-9-]{0,8}) V?(?<fw>\d{1,4}(?:\.\d{1,4}){1,4})(?: (?<mac>(?:[0-9a-f]{2}:){5}[0-9a-f]{2}))?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SipUserAgent();

    [GeneratedRegex(
        @"^Htek (?<model>[A-Z]{1,4}\d{1,4}[A-Z0-9-]{0,8}) (?<fw>\d{1,4}(?:\.\d{1,4}){1,4}) (?<mac>(?:[0-9a-f]{2}:){5}[0-9a-f]{2})\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UserAgent();

    [GeneratedRegex(@"^cfg(?<mac>[0-9a-f]{12})\.xml\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FileName();
}
