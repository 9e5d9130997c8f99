using System.Globalization;
using System.Text.RegularExpressions;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge;

/// <summary>AudioCodes 400HD phones with one file, <c>MAC.cfg</c>, of <c>path/name=value</c> lines.</summary>
internal sealed partial class AudioCodesVendor : IVendor
{
    private readonly VendorTemplates templates = new("AudioCodes", Escaping.Line);

    /// <inheritdoc/>
    public string Vendor => "audiocodes";

    /// <inheritdoc/>
    public bool TakesFirmware => true;

    /// <inheritdoc/>
    public string FileContentType => "application/octet-stream";

    /// <inheritdoc/>
    public string ScreenContentType => "text/xml; charset=utf-8";

    /// <summary>
    /// One event for both: whether it boots the phone is a setting (<c>check_sync/force_reboot_enabled</c>), which the files switch on, so that a
    /// restart is one.
    /// </summary>
    public string Event(NotifyKind kind) => "check-sync";

    /// <inheritdoc/>
    public RecognizedPhone? Recognize(string userAgent) => UserAgents.Read(WithMac(), Vendor, userAgent) ?? UserAgents.Read(WithoutMac(), Vendor, userAgent);

    /// <inheritdoc/>
    public VendorFile? Route(string fileName, RecognizedPhone phone) => MacFiles.Route(FileName(), fileName, ConfigFile.Whole);

    /// <inheritdoc/>
    public string Render(VendorFile file, FileFacts facts) => templates.Render("device", new
    {
        facts.DeviceUrl,
        facts.CaUrl,
        HasFirmware = facts.FirmwareUrl is not null,
        FirmwareUrl = facts.FirmwareUrl ?? "",
        facts.SipUser,
        facts.SipPassword,
        facts.SipDomain,
        facts.SipHost,
        facts.SipPort,
        SecondHost = facts.SecondServer?.Host ?? "",
        SecondPort = facts.SecondServer?.Port ?? 0,
        Transport = facts.SipTransport == PhoneTransport.Tcp ? "TCP" : "UDP",
        Label = LineTexts.Label(facts),
        DisplayName = LineTexts.DisplayName(facts),
        Language = facts.Language switch { "de" => "GERMAN", "es" => "SPANISH", "fr" => "FRENCH", "pt" => "PORTUGUESE", "ja" => "JAPANESE", _ => "ENGLISH" },
        Ntp = facts.Policy.NtpServer,
        GmtOffset = OffsetOf(ZoneOffsets.StandardOf(facts.Policy.TimeZone)),
        Tones = ToneNames.AudioCodes(facts),
        AdminPassword = facts.Policy.PhoneAdminPassword,
        Settings = facts.SettingsNamed(SettingName()),
    });

    /// <inheritdoc/>
    public string RenderScreen(ScreenFacts screen) => XmlScreen.Render("AudioCodesIPPhoneTextScreen", page =>
    {
        page.Text("Title", screen.Title);
        page.Text("Text", string.Join('\n', screen.Lines));
    });

    // Such as +01:00.
    private static string OffsetOf(TimeSpan offset) =>
        (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString(@"hh\:mm", CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^(?:AUDC/[\w.]{1,40} )?AUDC-IPPhone/(?<fw>[\w.]{1,40}) \((?<model>\w{3,12})(?:-Rev\d{1,2})?; (?<mac>[0-9a-f]{12})\)\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex WithMac();

    [GeneratedRegex(
        @"^(?:AUDC/[\w.]{1,40} )?AUDC-IPPhone-(?<model>\w{3,12}?)_UC_(?<fw>\d{1,3}(?:\.\d{1,4}){1,4})/[\w.]{1,40}\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex WithoutMac();

    [GeneratedRegex(@"^(?<mac>[0-9a-f]{12})\.cfg\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FileName();

    [GeneratedRegex(@"^[a-z][a-z0-9_]{0,40}(?:/[a-zA-Z0-9_]{1,40}){1,6}\z")]
    private static partial Regex SettingName();
}
