using System.Text.RegularExpressions;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge;

/// <summary>
/// Snom M DECT bases (M300, M400, M700, M900): <c>snomM900.htm</c>, which names <c>snomM900-MAC.htm</c>. Their settings are those of the desk
/// phones with servers and handsets apart (service.snom.com, "M-Series XML configuration"); a handset is a line. A
/// second server is known to them by DNS alone.
/// </summary>
internal sealed partial class SnomDectVendor : IVendor
{
    private readonly VendorTemplates templates = new("SnomDect", Escaping.Xml);

    /// <inheritdoc/>
    public string Vendor => "snomdect";

    /// <inheritdoc/>
    public string FileContentType => "text/xml; charset=utf-8";

    /// <inheritdoc/>
    public string ScreenContentType => "text/xml; charset=utf-8";

    /// <summary>The files switch <c>sip_check_sync_always_reboot</c> off, so that the parameter decides.</summary>
    public string Event(NotifyKind kind) => kind == NotifyKind.Restart ? "check-sync;reboot=true" : "check-sync;reboot=false";

    /// <inheritdoc/>
    public RecognizedPhone? Recognize(string userAgent) => UserAgents.Read(UserAgent(), Vendor, userAgent);

    /// <inheritdoc/>
    public VendorFile? Route(string fileName, RecognizedPhone phone) => ModelFile().IsMatch(fileName)
        ? new VendorFile(ConfigFile.Boot, phone.Mac)
        : MacFiles.Route(DeviceFile(), fileName, ConfigFile.Device);

    /// <summary>Handsets, from the data sheets: 20 of a single cell, more where cells join.</summary>
    public int LinesOf(RecognizedPhone phone) => phone.Model.ToUpperInvariant() switch { "M300" or "M400" => 20, "M700" => 30, _ => LineKey.MaxLine };

    /// <inheritdoc/>
    public string Render(VendorFile file, FileFacts facts) => file.Kind == ConfigFile.Boot
        ? templates.Render("model", new { facts.DeviceUrl, facts.Phone.Model, Mac = facts.Mac.ToUpperInvariant() })
        : templates.Render("device", new
        {
            facts.DeviceUrl,
            HasOwnCa = facts.CaUrl.Length > 0,
            facts.SipUser,
            facts.SipPassword,
            facts.SipDomain,
            Proxy = new SipServer(facts.SipHost, facts.SipPort).ToString(),
            Transport = facts.SipTransport == PhoneTransport.Tcp ? "tcp" : "udp",
            Label = LineTexts.Label(facts),
            DisplayName = LineTexts.DisplayName(facts),
            facts.Lines,
            Language = LanguageName(facts.Language),
            Ntp = facts.Policy.NtpServer,
            TimeZone = SnomDeviceFile.ZoneOf(facts.Policy.TimeZone),
            AdminPassword = facts.Policy.PhoneAdminPassword,
            Settings = facts.SettingsNamed(SettingName()),
        });

    /// <summary>For whoever follows the address; a base has no screen.</summary>
    public string RenderScreen(ScreenFacts screen) => XmlScreen.Plain(screen);

    // Without accents, unlike the desk phones'.
    private static string LanguageName(string language) => language switch
    {
        "de" => "Deutsch",
        "es" => "Espanol",
        "fr" => "Francais",
        "pt" => "Portugues",
        _ => "English",
    };

    [GeneratedRegex(
        @"^Mozilla/4\.0 \(compatible; Snom (?<model>M\d{3}) (?<fw>\d{1,4}(?:\.\d{1,5}){1,3}) (?<mac>[0-9a-f]{12})\)\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UserAgent();

    [GeneratedRegex(@"^snomM[0-9]{3}\.(?:html?|xml)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ModelFile();

    // Older software asks for the address alone.
    [GeneratedRegex(@"^(?:snomM[0-9]{3}-)?(?<mac>[0-9a-f]{12})\.(?:html?|xml)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DeviceFile();

    [GeneratedRegex(@"^[a-z][a-z0-9_]{0,99}\z")]
    private static partial Regex SettingName();
}
