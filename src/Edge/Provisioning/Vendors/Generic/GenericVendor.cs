using System.Text.RegularExpressions;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge;

/// <summary>
/// Anything else that takes a SIP account: it asks for <c>generic/MAC.cfg</c> (or <c>.conf</c>, <c>.ini</c>, <c>.txt</c>), whatever it calls itself, and
/// gets lines that a person or a script can read. Whose phones are known by their user agent stay their vendor's.
/// </summary>
internal sealed partial class GenericVendor : IVendor
{
    private readonly VendorTemplates templates = new("Generic", Escaping.Line);

    /// <inheritdoc/>
    public string Vendor => "generic";

    /// <inheritdoc/>
    public string FileContentType => "text/plain; charset=utf-8";

    /// <inheritdoc/>
    public string ScreenContentType => "text/xml; charset=utf-8";

    /// <summary>The form that most vendors share.</summary>
    public string Event(NotifyKind kind) => kind == NotifyKind.Restart ? "check-sync;reboot=true" : "check-sync;reboot=false";

    /// <summary>Nobody: it is the file that says so.</summary>
    public RecognizedPhone? Recognize(string userAgent) => null;

    /// <inheritdoc/>
    public RecognizedPhone? RecognizeFile(string fileName) =>
        MacFiles.Route(FileName(), fileName, ConfigFile.Whole) is { } file ? new RecognizedPhone(Vendor, "SIP device", "", file.Mac) : null;

    /// <inheritdoc/>
    public VendorFile? Route(string fileName, RecognizedPhone phone) => MacFiles.Route(FileName(), fileName, ConfigFile.Whole);

    /// <inheritdoc/>
    public string Render(VendorFile file, FileFacts facts) => templates.Render("device", new
    {
        ConfigUrl = $"{facts.DeviceUrl}{ProvisioningPath.GenericFolder}/{facts.Mac}.cfg",
        facts.CaUrl,
        facts.SipUser,
        facts.SipPassword,
        facts.SipDomain,
        facts.SipHost,
        facts.SipPort,
        SecondHost = facts.SecondServer?.Host ?? "",
        SecondPort = facts.SecondServer?.Port ?? 0,
        Transport = facts.SipTransport == PhoneTransport.Tcp ? "tcp" : "udp",
        Label = LineTexts.Label(facts),
        DisplayName = LineTexts.DisplayName(facts),
        KeyLabel = LineTexts.Key(facts),
        facts.ScreenUrl,
        facts.Language,
        Ntp = facts.Policy.NtpServer,
        facts.Policy.TimeZone,
        Clock = facts.Policy.Use24HourClock ? 24 : 12,
        Tones = facts.Policy.ToneCountry,
        AdminPassword = facts.Policy.PhoneAdminPassword,
        Settings = facts.SettingsNamed(SettingName()),
    });

    /// <summary>For whoever follows the address.</summary>
    public string RenderScreen(ScreenFacts screen) => XmlScreen.Plain(screen);

    [GeneratedRegex(@"^generic-(?<mac>[0-9a-f]{12})\.(?:cfg|conf|ini|txt)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FileName();

    [GeneratedRegex(@"^[a-z][a-z0-9_.]{0,99}\z")]
    private static partial Regex SettingName();
}
