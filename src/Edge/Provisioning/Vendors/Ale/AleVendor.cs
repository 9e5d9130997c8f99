using System.Globalization;
using System.Text.RegularExpressions;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge;

/// <summary>
/// Alcatel-Lucent Enterprise 80x8s phones in SIP mode with one file, <c>config.MAC.xml</c>; a firmware file of the model, asked for as well, is not
/// there. How often such a phone asks by itself is no setting of theirs that is documented: it fetches when it boots and when it is told.
/// The settings are those that a long-lived provisioning server (wazo-provd) has such phones run with; port, transport and backup are named after them.
/// </summary>
internal sealed partial class AleVendor : IVendor
{
    private readonly VendorTemplates templates = new("Ale", Escaping.Xml);

    /// <inheritdoc/>
    public string Vendor => "ale";

    /// <inheritdoc/>
    public string FileContentType => "text/xml; charset=utf-8";

    /// <inheritdoc/>
    public string ScreenContentType => "text/xml; charset=utf-8";

    /// <inheritdoc/>
    public string Event(NotifyKind kind) => kind == NotifyKind.Restart ? "check-sync;reboot=true" : "check-sync";

    /// <inheritdoc/>
    public RecognizedPhone? Recognize(string userAgent) => UserAgents.Read(UserAgent(), Vendor, userAgent);

    /// <inheritdoc/>
    public VendorFile? Route(string fileName, RecognizedPhone phone) => MacFiles.Route(FileName(), fileName, ConfigFile.Whole);

    /// <inheritdoc/>
    public string Render(VendorFile file, FileFacts facts) => templates.Render("device", new
    {
        DeviceUrl = facts.DeviceUrl.TrimEnd('/'),
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

        // The vendor's list, in which Japanese is not.
        Language = facts.Language switch { "fr" => 1, "de" => 2, "es" => 4, "pt" => 6, _ => 0 },
        Ntp = facts.Policy.NtpServer,
        TimeZone = OffsetOf(ZoneOffsets.StandardOf(facts.Policy.TimeZone)),
        AdminPassword = facts.Policy.PhoneAdminPassword,
        Settings = facts.SettingsNamed(SettingName()),
    });

    /// <summary>For whoever follows the address; the phone gets no key that opens it.</summary>
    public string RenderScreen(ScreenFacts screen) => XmlScreen.Plain(screen);

    // Such as +1:00.
    private static string OffsetOf(TimeSpan offset) => string.Create(
        CultureInfo.InvariantCulture, $"{(offset < TimeSpan.Zero ? '-' : '+')}{Math.Abs(offset.Hours)}:{Math.Abs(offset.Minutes):D2}");

    [GeneratedRegex(
        @"^ALE (?<model>\d{4}[A-Z]{0,3}(?:-[A-Z0-9]{1,6})?) (?<fw>\d{1,4}(?:\.\d{1,4}){2,4}) (?<mac>[0-9a-f]{12})\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UserAgent();

    [GeneratedRegex(@"^config\.(?<mac>[0-9a-f]{12})\.xml\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FileName();

    [GeneratedRegex(@"^[A-Z][A-Za-z0-9_]{0,99}\z")]
    private static partial Regex SettingName();
}
