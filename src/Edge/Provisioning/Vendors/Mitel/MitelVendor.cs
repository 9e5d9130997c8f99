using System.Text.RegularExpressions;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge;

/// <summary>
/// Mitel 6800 and 6900, and Aastra's before them: <c>startup.cfg</c> (older <c>aastra.cfg</c>), <c>MODEL.cfg</c>, <c>MAC.cfg</c>; what comes later
/// wins. Encrypted <c>.tuz</c> files are asked for first and are not there.
/// </summary>
internal sealed partial class MitelVendor : IVendor
{
    private readonly VendorTemplates templates = new("Mitel", Escaping.Quoted);

    /// <inheritdoc/>
    public string Vendor => "mitel";

    /// <inheritdoc/>
    public string FileContentType => "text/plain; charset=utf-8";

    /// <inheritdoc/>
    public string ScreenContentType => "text/xml; charset=utf-8";

    /// <inheritdoc/>
    public string Event(NotifyKind kind) => kind == NotifyKind.Restart ? "check-sync;reboot=true" : "check-sync;reboot=false";

    /// <inheritdoc/>
    public RecognizedPhone? Recognize(string userAgent) => UserAgents.Read(UserAgent(), Vendor, userAgent);

    /// <inheritdoc/>
    public RecognizedPhone? RecognizeSip(string userAgent) => UserAgents.Read(SipUserAgent(), Vendor, userAgent);

    /// <inheritdoc/>
    public VendorFile? Route(string fileName, RecognizedPhone phone) => StartFile().IsMatch(fileName) ? new VendorFile(ConfigFile.Boot, "")
        : fileName.Equals(phone.Model + ".cfg", StringComparison.OrdinalIgnoreCase) ? new VendorFile(ConfigFile.Common, "")
        : MacFiles.Route(DeviceFile(), fileName, ConfigFile.Device);

    /// <inheritdoc/>
    public string Render(VendorFile file, FileFacts facts) => file.Kind switch
    {
        ConfigFile.Boot => templates.Render("startup", new { }),
        ConfigFile.Common => templates.Render("model", new { }),
        _ => templates.Render("device", MitelDeviceFile.Values(facts)),
    };

    /// <inheritdoc/>
    public string RenderScreen(ScreenFacts screen) => XmlScreen.Render("AastraIPPhoneTextScreen", page =>
    {
        page.WriteAttributeString("destroyOnExit", "yes");
        page.Text("Title", screen.Title);
        page.Text("Text", string.Join('\n', screen.Lines));
        foreach (var (i, (label, url)) in screen.Keys.Index())
        {
            page.WriteStartElement("SoftKey");
            page.WriteAttributeString("index", XmlScreen.Number(i + 1));
            page.Text("Label", label);
            page.Text("URI", url.Length > 0 ? url : "SoftKey:Exit");
            page.WriteEndElement();
        }
    });

    [GeneratedRegex(@"^(?:Aastra|Mitel) (?<model>\d{4}[a-z]{0,4})/(?<fw>\d{1,4}(?:\.\d{1,4}){1,4})\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SipUserAgent();

    [GeneratedRegex(
        @"^(?:Aastra|Mitel)(?<model>\d{4}[a-z]{0,4}) MAC:(?<mac>(?:[0-9a-f]{2}-){5}[0-9a-f]{2}) V:(?<fw>\d{1,4}(?:\.\d{1,4}){1,4})-SIP\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UserAgent();

    [GeneratedRegex(@"^(?:startup|aastra)\.cfg\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex StartFile();

    [GeneratedRegex(@"^(?<mac>[0-9a-f]{12})\.cfg\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DeviceFile();
}
