using System.Globalization;
using System.Text.RegularExpressions;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge;

/// <summary>
/// Panasonic KX-HDV, KX-UT and KX-TGP: <c>MODEL.cfg</c>, which names where the phone's own file is, and <c>ConfigMAC.cfg</c> in the vendor's
/// standard format, whose first line is exact. A DECT base (KX-TGP) has a line for each handset; which handset rings for which line and dials by it is
/// set at the base ("Multi Number Settings").
/// </summary>
internal sealed partial class PanasonicVendor : IVendor
{
    private readonly VendorTemplates templates = new("Panasonic", Escaping.Quoted);

    /// <inheritdoc/>
    public string Vendor => "panasonic";

    /// <inheritdoc/>
    public string FileContentType => "text/plain; charset=utf-8";

    /// <inheritdoc/>
    public string ScreenContentType => "text/xml; charset=utf-8";

    /// <summary>The files say by <c>CFG_RESYNC_FROM_SIP</c> which event the phone knows.</summary>
    public string Event(NotifyKind kind) => kind == NotifyKind.Restart ? "check-sync;reboot=true" : "check-sync;reboot=false";

    /// <inheritdoc/>
    public RecognizedPhone? Recognize(string userAgent) => UserAgents.Read(UserAgent(), Vendor, userAgent);

    /// <inheritdoc/>
    public RecognizedPhone? RecognizeSip(string userAgent) => UserAgents.Read(SipUserAgent(), Vendor, userAgent);

    /// <inheritdoc/>
    public VendorFile? Route(string fileName, RecognizedPhone phone) =>
        ModelFile().IsMatch(fileName) && phone.Mac.Length > 0
            ? new VendorFile(ConfigFile.Boot, "")
            : MacFiles.Route(DeviceFile(), fileName, ConfigFile.Device);

    /// <summary>As many as handsets: 6 of a KX-TGP500 and its kin, 8 of a KX-TGP600. A phone's further lines are its one user's.</summary>
    public int LinesOf(RecognizedPhone phone) => phone.Model.StartsWith("KX-TGP6", StringComparison.OrdinalIgnoreCase) ? 8
        : phone.Model.StartsWith("KX-TGP", StringComparison.OrdinalIgnoreCase) ? 6
        : 1;

    /// <inheritdoc/>
    public string Render(VendorFile file, FileFacts facts) => templates.Render(file.Kind == ConfigFile.Boot ? "model" : "device", new
    {
        facts.DeviceUrl,
        facts.CaUrl,
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
        facts.Lines,
        OffLines = Enumerable.Range(2, LinesOf(facts.Phone) - 1).Except(facts.Lines.Select(line => line.Number)).ToArray(),
        Ntp = facts.Policy.NtpServer,

        // In minutes from UTC.
        TimeZone = ZoneOffsets.StandardOf(facts.Policy.TimeZone).TotalMinutes.ToString(CultureInfo.InvariantCulture),
        facts.Language,
        Clock12 = facts.Policy.Use24HourClock ? "0" : "1",
        AdminPassword = facts.Policy.PhoneAdminPassword,
        Settings = facts.SettingsNamed(SettingName()),
    });

    /// <summary>A page for whoever follows the address; the phone gets no key that opens one.</summary>
    public string RenderScreen(ScreenFacts screen) => XmlScreen.Render("ppxml", page =>
    {
        page.Text("Title", screen.Title);
        page.Text("Text", string.Join('\n', screen.Lines));
    });

    [GeneratedRegex(
        @"^Panasonic-(?<model>KX-[A-Z]{2,4}\d{2,4}[A-Z0-9]{0,4})/(?<fw>\d{1,4}(?:\.\d{1,4}){1,4})(?: \((?<mac>[0-9a-f]{12})\))?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SipUserAgent();

    [GeneratedRegex(
        @"^Panasonic_(?<model>KX-[A-Z]{2,4}\d{2,4}[A-Z0-9]{0,4})/(?<fw>\d{1,4}(?:\.\d{1,4}){1,4}) \((?<mac>[0-9a-f]{12})\)\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UserAgent();

    [GeneratedRegex(@"^KX-[A-Z]{2,4}[0-9]{2,4}[A-Z0-9]{0,4}\.cfg\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ModelFile();

    [GeneratedRegex(@"^Config(?<mac>[0-9a-f]{12})\.cfg\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DeviceFile();

    [GeneratedRegex(@"^[A-Z][A-Z0-9_]{0,99}\z")]
    private static partial Regex SettingName();
}
