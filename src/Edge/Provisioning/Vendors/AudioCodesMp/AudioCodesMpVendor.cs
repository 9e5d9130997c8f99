using System.Globalization;
using System.Text.RegularExpressions;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge;

/// <summary>
/// AudioCodes MediaPack adapters (MP-112, 114, 118 and 124, with FXS ports) with one ini file, <c>MAC.ini</c>, of parameters and tables. A port is an
/// endpoint with a number, an account and a name of its own; a port that is in no table is off. The MP-20x speak another language and are none of
/// these. Settings: "MP-11x &amp; MP-124 User's Manual", version 6.6. It knows no way to set the web password as it is, and nothing is said of
/// firmware.
/// </summary>
internal sealed partial class AudioCodesMpVendor : IVendor
{
    private readonly VendorTemplates templates = new("AudioCodesMp", Escaping.Quoted);

    /// <inheritdoc/>
    public string Vendor => "audiocodesmp";

    /// <inheritdoc/>
    public string FileContentType => "text/plain; charset=utf-8";

    /// <inheritdoc/>
    public string ScreenContentType => "text/xml; charset=utf-8";

    /// <summary>Neither is obeyed before <c>EnableSIPRemoteReset</c> is on, which the files switch on.</summary>
    public string Event(NotifyKind kind) => kind == NotifyKind.Restart ? "check-sync;reboot=true" : "check-sync;reboot=false";

    /// <inheritdoc/>
    public RecognizedPhone? Recognize(string userAgent) => UserAgents.Read(UserAgent(), Vendor, userAgent);

    /// <inheritdoc/>
    public RecognizedPhone? RecognizeSip(string userAgent) => UserAgents.Read(SipUserAgent(), Vendor, userAgent);

    /// <inheritdoc/>
    public VendorFile? Route(string fileName, RecognizedPhone phone) => MacFiles.Route(FileName(), fileName, ConfigFile.Whole);

    /// <summary>FXS ports, from the data sheets: half of them where the other half is for telephone lines (FXO).</summary>
    public int LinesOf(RecognizedPhone phone)
    {
        var ports = phone.Model[3..].Split(' ')[0] switch { "112" => 2, "114" => 4, "118" => 8, _ => 24 };
        return phone.Model.EndsWith("FXO", StringComparison.OrdinalIgnoreCase) ? ports / 2 : ports;
    }

    /// <inheritdoc/>
    public string Render(VendorFile file, FileFacts facts) => templates.Render("device", new
    {
        facts.DeviceUrl,
        facts.CaUrl,
        facts.SipDomain,
        Proxy = string.Create(CultureInfo.InvariantCulture, $"{facts.SipHost}:{facts.SipPort}"),
        SecondProxy = facts.SecondServer is { } second ? string.Create(CultureInfo.InvariantCulture, $"{second.Host}:{second.Port}") : "",
        Transport = facts.SipTransport == PhoneTransport.Tcp ? 1 : 0,
        Ports = facts.Lines
            .Prepend(new LineFacts(1, facts.SipUser, facts.SipPassword, LineTexts.Label(facts), LineTexts.DisplayName(facts)))
            .Select(line => new { Index = line.Number - 1, line.Number, line.SipUser, line.SipPassword, line.DisplayName }),
        Ntp = facts.Policy.NtpServer,

        // In seconds from UTC.
        UtcOffset = ZoneOffsets.StandardOf(facts.Policy.TimeZone).TotalSeconds.ToString(CultureInfo.InvariantCulture),

        // A number stands as it is, a text between inverted commas.
        Settings = facts.Policy.Settings
            .Where(setting => SettingName().IsMatch(setting.Key))
            .Select(setting => new { setting.Key, Value = Number().IsMatch(setting.Value) ? setting.Value : $"'{setting.Value}'" })
            .ToArray(),
    });

    /// <summary>For whoever follows the address; an adapter has no screen.</summary>
    public string RenderScreen(ScreenFacts screen) => XmlScreen.Plain(screen);

    // The vendor's default form: product, version, MAC and version of the configuration.
    [GeneratedRegex(
        @"^Mozilla/4\.0 \(compatible; AudioCodes; (?<model>MP-(?:112|114|118|124D?)(?: FXS(?:_FXO)?)?);(?<fw>[\w.]{1,40});(?<mac>[0-9a-f]{12});"
        + @"[\w.-]{0,40}\)\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UserAgent();

    [GeneratedRegex(
        @"^Audiocodes-Sip-Gateway-(?<model>MP-(?:112|114|118|124D?)(?: FXS(?:_FXO)?)?)/v\.(?<fw>[\w.]{1,40})\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SipUserAgent();

    [GeneratedRegex(@"^(?<mac>[0-9a-f]{12})\.ini\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FileName();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_]{0,60}\z")]
    private static partial Regex SettingName();

    [GeneratedRegex(@"^-?[0-9]{1,10}\z")]
    private static partial Regex Number();
}
