using System.Globalization;
using System.Text.RegularExpressions;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge;

/// <summary>
/// Phones with Poly's UC software, whoever sells them: a master file, <c>MAC.cfg</c>, which names <c>MAC-user.cfg</c>. The master holds no secret.
/// Overrides and logs stay on the phone; its directory and lists of calls are kept and given back.
/// </summary>
/// <param name="vendor">The vendor's name.</param>
/// <param name="pattern">What its phones call themselves, anchored at both ends.</param>
/// <param name="sipPattern">The same over SIP.</param>
internal abstract partial class PolyScheme(string vendor, Regex pattern, Regex sipPattern) : IVendor
{
    private readonly VendorTemplates templates = new("Poly", Escaping.Xml);

    /// <inheritdoc/>
    public string Vendor => vendor;

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
    public RecognizedPhone? Recognize(string userAgent) => UserAgents.Read(pattern, vendor, userAgent);

    /// <inheritdoc/>
    public RecognizedPhone? RecognizeSip(string userAgent) => UserAgents.Read(sipPattern, vendor, userAgent);

    /// <inheritdoc/>
    public VendorFile? Route(string fileName, RecognizedPhone phone) =>
        fileName.Equals("000000000000.cfg", StringComparison.OrdinalIgnoreCase) ? new VendorFile(ConfigFile.Boot, "")
        : MacFiles.Route(MasterFile(), fileName, ConfigFile.Boot) ?? MacFiles.Route(UserFile(), fileName, ConfigFile.Device);

    /// <summary>The directory and the lists of calls, which the user made; overrides and logs are for the administrator alone.</summary>
    public bool IsKept(string fileName) => KeptFile().IsMatch(fileName);

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
            Settings = facts.SettingsNamed(SettingName()),
        });
    }

    /// <inheritdoc/>
    public virtual PicturePlace PictureOn(RecognizedPhone phone) => PicturePlace.Nowhere;

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

    [GeneratedRegex(@"^(?<mac>[0-9a-f]{12})\.cfg\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MasterFile();

    [GeneratedRegex(@"^(?<mac>[0-9a-f]{12})-user\.cfg\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UserFile();

    [GeneratedRegex(@"^[0-9a-f]{12}-(?:directory|calls)\.xml\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex KeptFile();

    // "xmlns" would be no setting but a namespace, and a wrong one ends the phone's reading of the whole file.
    [GeneratedRegex(@"^(?!xmlns\z)[a-z][A-Za-z0-9.]{0,99}\z")]
    private static partial Regex SettingName();
}
