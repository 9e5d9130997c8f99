using System.Globalization;
using System.Text.RegularExpressions;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge;

/// <summary>Fanvil phones from firmware 2.2.10 on, with one file of their own, <c>MAC.cfg</c>, in XML. The file for a whole model is not there.</summary>
internal sealed partial class FanvilVendor : IVendor
{
    private const int HttpProtocol = 4;
    private const int HttpsProtocol = 5;

    private readonly VendorTemplates templates = new("Fanvil", Escaping.Xml);

    /// <inheritdoc/>
    public string Vendor => "fanvil";

    /// <inheritdoc/>
    public bool TakesFirmware => true;

    /// <inheritdoc/>
    public string FileContentType => "text/xml; charset=utf-8";

    /// <inheritdoc/>
    public string ScreenContentType => "text/xml; charset=utf-8";

    /// <inheritdoc/>
    public string Event(NotifyKind kind) => kind == NotifyKind.Restart ? "check-sync;reboot=true" : "check-sync;reboot=false";

    /// <inheritdoc/>
    public RecognizedPhone? Recognize(string userAgent) => UserAgents.Read(UserAgent(), Vendor, userAgent);

    /// <inheritdoc/>
    public RecognizedPhone? RecognizeSip(string userAgent) => UserAgents.Read(SipUserAgent(), Vendor, userAgent);

    /// <inheritdoc/>
    public VendorFile? Route(string fileName, RecognizedPhone phone) => MacFiles.Route(FileName(), fileName, ConfigFile.Whole);

    /// <inheritdoc/>
    public string Render(VendorFile file, FileFacts facts) => templates.Render("device", Values(facts));

    /// <inheritdoc/>
    public string RenderScreen(ScreenFacts screen) => XmlScreen.Render("FanvilIPPhoneTextScreen", page =>
    {
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

    private static object Values(FileFacts facts)
    {
        var url = new Uri(facts.DeviceUrl);
        return new
        {
            facts.SipUser,
            facts.SipPassword,
            facts.SipDomain,
            facts.SipHost,
            facts.SipPort,
            SecondHost = facts.SecondServer?.Host ?? "",
            SecondPort = facts.SecondServer?.Port ?? 0,
            Transport = facts.SipTransport == PhoneTransport.Tcp ? 1 : 0,
            Label = LineTexts.Label(facts),
            DisplayName = LineTexts.DisplayName(facts),
            KeyLabel = LineTexts.Key(facts),
            facts.ScreenUrl,
            HasFirmware = facts.FirmwareUrl is not null,
            FirmwareUrl = facts.FirmwareUrl ?? "",
            Server = (url.Authority + url.AbsolutePath).TrimEnd('/'),
            Protocol = url.Scheme == Uri.UriSchemeHttps ? HttpsProtocol : HttpProtocol,
            Ntp = facts.Policy.NtpServer,
            facts.Language,

            // In quarters of an hour from UTC, as the vendor counts.
            TimeZone = (ZoneOffsets.StandardOf(facts.Policy.TimeZone).TotalMinutes / 15).ToString(CultureInfo.InvariantCulture),
            Clock12 = facts.Policy.Use24HourClock ? 0 : 1,
            AdminPassword = facts.Policy.PhoneAdminPassword,
        };
    }

    [GeneratedRegex(
        @"^Fanvil (?<model>[A-Z]{1,2}\d{1,3}[A-Z0-9]{0,4}(?:-V\d)?(?: Pro)?) (?<fw>\d{1,4}(?:\.\d{1,4}){1,4})(?: (?<mac>[0-9a-f]{12}))?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SipUserAgent();

    [GeneratedRegex(
        @"^Fanvil (?<model>[A-Z]{1,2}\d{1,3}[A-Z0-9]{0,4}(?:-V\d)?(?: Pro)?) (?<fw>\d{1,4}(?:\.\d{1,4}){1,4}) (?<mac>[0-9a-f]{12})\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UserAgent();

    [GeneratedRegex(@"^(?<mac>[0-9a-f]{12})\.cfg\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FileName();
}
