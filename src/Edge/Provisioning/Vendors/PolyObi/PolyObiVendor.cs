using System.Text.RegularExpressions;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge;

/// <summary>
/// Poly OBi adapters (OBi200, 300 and 500 series, Obihai's before) and phones that keep their format. They say no MAC: a factory-fresh one asks for
/// <c>MODEL.xml</c>, which names <c>MAC.xml</c> and nothing else. Where there are several ports each has the service of its number, SP1 and so on, as
/// its line; a port whose line nobody claimed is off. A second server is known to it by DNS alone. Settings: "OBi Device Provisioning Guide" and "Poly
/// OBi Voice Adapter Administrator Guide".
/// </summary>
internal sealed partial class PolyObiVendor : IVendor
{
    private readonly VendorTemplates templates = new("PolyObi", Escaping.Xml);

    /// <inheritdoc/>
    public string Vendor => "polyobi";

    /// <inheritdoc/>
    public IReadOnlyList<string> SipNames => ["obihai"];

    /// <inheritdoc/>
    public string FileContentType => "text/xml; charset=utf-8";

    /// <inheritdoc/>
    public string ScreenContentType => "text/xml; charset=utf-8";

    /// <summary>
    /// <c>sync</c> fetches; <c>resync</c>, despite its name, boots the device, which then fetches. The files have the sender challenged with the line's
    /// account (<c>X_AcceptResync</c>).
    /// </summary>
    public string Event(NotifyKind kind) => kind == NotifyKind.Restart ? "resync" : "sync";

    /// <inheritdoc/>
    public RecognizedPhone? Recognize(string userAgent) => UserAgents.Read(UserAgent(), Vendor, userAgent);

    /// <inheritdoc/>
    public VendorFile? Route(string fileName, RecognizedPhone phone) =>
        ModelFile().IsMatch(fileName) ? new VendorFile(ConfigFile.Boot, "") : MacFiles.Route(DeviceFile(), fileName, ConfigFile.Whole);

    /// <summary>Phone ports: 2 of the OBi202 and 302, 4 of the 504, 8 of the 508.</summary>
    public int LinesOf(RecognizedPhone phone) => phone.Model.AsSpan(3) switch
    {
        "202" or "302" => 2,
        ['5', '0', '4', ..] => 4,
        ['5', '0', '8', ..] => 8,
        _ => 1,
    };

    /// <inheritdoc/>
    public string Render(VendorFile file, FileFacts facts) => file.Kind == ConfigFile.Boot
        ? templates.Render("model", new { facts.DeviceUrl })
        : templates.Render("device", new
        {
            facts.DeviceUrl,
            facts.SipUser,
            facts.SipPassword,
            facts.SipDomain,
            facts.SipHost,
            facts.SipPort,
            Transport = facts.SipTransport == PhoneTransport.Tcp ? "TCP" : "UDP",
            DisplayName = LineTexts.DisplayName(facts),
            HasPorts = LinesOf(facts.Phone) > 1,
            facts.Lines,
            Ports = Enumerable.Range(2, LinesOf(facts.Phone) - 1).ToArray(),
            OffPorts = Enumerable.Range(2, LinesOf(facts.Phone) - 1).Except(facts.Lines.Select(line => line.Number)).ToArray(),
            Ntp = facts.Policy.NtpServer,
            TimeZone = ZoneOffsets.GmtOf(facts.Policy.TimeZone),
            AdminPassword = facts.Policy.PhoneAdminPassword,
            Settings = facts.Policy.Settings
                .Select(setting => (Name: SettingName().Match(setting.Key), setting.Value))
                .Where(setting => setting.Name.Success)
                .Select(setting => new { Object = setting.Name.Groups["object"].Value, Name = setting.Name.Groups["name"].Value, setting.Value })
                .ToArray(),
        });

    /// <summary>For whoever follows the address; an adapter has no screen.</summary>
    public string RenderScreen(ScreenFacts screen) => XmlScreen.Plain(screen);

    // Seen in SIP, "OBIHAI/OBi202-3.2.2.5921"; not yet seen in HTTP.
    [GeneratedRegex(
        @"^(?:OBIHAI|Poly(?:com)?)/(?<model>OBi\d{3,4}[A-Z]{0,3})-(?<fw>\d{1,3}(?:\.\d{1,6}){1,4})\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UserAgent();

    [GeneratedRegex(@"^OBi[0-9]{3,4}[A-Z]{0,3}\.xml\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ModelFile();

    [GeneratedRegex(@"^(?:obi)?(?<mac>[0-9a-f]{12})\.(?:xml|cfg)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DeviceFile();

    // An object with a dot at its end, and a parameter: VoiceService.1.VoiceProfile.1.DigitMap.
    [GeneratedRegex(@"^(?<object>(?:[A-Z][A-Za-z0-9_]{0,40}\.|[0-9]{1,2}\.){1,8})(?<name>[A-Z][A-Za-z0-9_]{0,60})\z")]
    private static partial Regex SettingName();
}
