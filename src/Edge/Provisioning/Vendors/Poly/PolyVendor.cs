using System.Globalization;
using System.Text.RegularExpressions;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge;

/// <summary>
/// Poly with UC software (SoundPoint, VVX, Trio, CCX) and Edge E: a master file, <c>MAC.cfg</c>, which names <c>MAC-user.cfg</c>. The master
/// holds no secret. Overrides, logs and directories stay on the phone.
/// </summary>
internal sealed partial class PolyVendor : IVendor
{
    private readonly VendorTemplates templates = new("Poly", Escaping.Xml);

    /// <inheritdoc/>
    public string Vendor => "poly";

    /// <inheritdoc/>
    public bool TakesFirmware => true;

    /// <inheritdoc/>
    public string FileContentType => "text/xml; charset=utf-8";

    /// <inheritdoc/>
    public string ScreenContentType => "text/html; charset=utf-8";

    /// <summary>
    /// One event for both: whether it boots the phone is a setting (<c>checkSync.alwaysReboot</c>), and a changed file boots it in either case. The
    /// files switch it on, so that a restart is one.
    /// </summary>
    public string Event(NotifyKind kind) => "check-sync";

    /// <inheritdoc/>
    public RecognizedPhone? Recognize(string userAgent) => UserAgents.Read(UserAgent(), Vendor, userAgent);

    /// <inheritdoc/>
    public RecognizedPhone? RecognizeSip(string userAgent) => UserAgents.Read(SipUserAgent(), Vendor, userAgent);

    /// <inheritdoc/>
    public VendorFile? Route(string fileName, RecognizedPhone phone) =>
        fileName.Equals("000000000000.cfg", StringComparison.OrdinalIgnoreCase) ? new VendorFile(ConfigFile.Boot, "")
        : MacFiles.Route(MasterFile(), fileName, ConfigFile.Boot) ?? MacFiles.Route(UserFile(), fileName, ConfigFile.Device);

    /// <inheritdoc/>
    public string Render(VendorFile file, FileFacts facts)
    {
        if (file.Kind == ConfigFile.Boot) return templates.Render("master", new { FirmwareUrl = facts.FirmwareUrl ?? "" });
        var url = new Uri(facts.DeviceUrl);
        return templates.Render("user", new
        {
            ServerName = (url.Authority + url.AbsolutePath).TrimEnd('/'),
            ServerType = url.Scheme.ToUpperInvariant(),
            facts.CaUrl,
            facts.SipUser,
            facts.SipPassword,
            facts.SipDomain,
            facts.SipHost,
            facts.SipPort,
            SecondHost = facts.SecondServer?.Host ?? "",
            SecondPort = facts.SecondServer?.Port ?? 0,
            Transport = facts.SipTransport == PhoneTransport.Tcp ? "TCPOnly" : "UDPOnly",
            Label = LineTexts.Label(facts),
            DisplayName = LineTexts.DisplayName(facts),
            KeyLabel = LineTexts.Key(facts),
            facts.ScreenUrl,
            Language = LanguageName(facts.Language),
            Ntp = facts.Policy.NtpServer,
            GmtOffset = ZoneOffsets.StandardOf(facts.Policy.TimeZone).TotalSeconds.ToString(CultureInfo.InvariantCulture),
            Clock24 = facts.Policy.Use24HourClock ? 1 : 0,
            AdminPassword = facts.Policy.PhoneAdminPassword,
            Settings = facts.Policy.Settings.Where(s => SettingName().IsMatch(s.Key)).Select(s => new { s.Key, s.Value }).ToArray(),
        });
    }

    /// <inheritdoc/>
    public string RenderScreen(ScreenFacts screen) => PolyScreen.Render(screen);

    private static string LanguageName(string language) => language switch
    {
        "de" => "German_Germany",
        "es" => "Spanish_Spain",
        "fr" => "French_France",
        "pt" => "Portuguese_Portugal",
        "ja" => "Japanese_Japan",
        _ => "English_United_States",
    };

    [GeneratedRegex(
        @"^(?:Polycom/[\d.]{1,30} )?Poly(?:com)?\w{2,24}-(?<model>\w{2,24})-UA/(?<fw>\d{1,4}(?:\.\d{1,5}){1,4})(?:_(?<mac>[0-9a-f]{12}))?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SipUserAgent();

    [GeneratedRegex(
        @"^FileTransport Poly(?:com)?\w{2,24}-(?<model>\w{2,24})-UA/(?<fw>\d{1,4}(?:\.\d{1,5}){1,4})"
        + @"(?: \(SN:(?<mac>[0-9a-f]{12})\))?(?: Type/(?:Application|Updater))?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UserAgent();

    [GeneratedRegex(@"^(?<mac>[0-9a-f]{12})\.cfg\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MasterFile();

    [GeneratedRegex(@"^(?<mac>[0-9a-f]{12})-user\.cfg\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UserFile();

    [GeneratedRegex(@"^[a-z][A-Za-z0-9.]{0,99}\z")]
    private static partial Regex SettingName();
}
