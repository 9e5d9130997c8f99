using System.Globalization;
using System.Text.RegularExpressions;

namespace SipGateway.Edge;

/// <summary>A device's own file, as values for the template.</summary>
internal static partial class SnomDeviceFile
{
    // Snom's names of the zones that matter most (setting "timezone"); the rest go by their offset under Greenwich's name.
    private static readonly Dictionary<string, string> Zones = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Europe/Berlin"] = "GER+1", ["Europe/Paris"] = "FRA+1", ["Europe/London"] = "GBR-0", ["Europe/Madrid"] = "ESP+1",
        ["Europe/Lisbon"] = "PRT-0", ["Europe/Rome"] = "ITA+1", ["Europe/Vienna"] = "AUT+1", ["Europe/Zurich"] = "CHE+1",
        ["Europe/Amsterdam"] = "NLD+1", ["Europe/Brussels"] = "BEL+1", ["America/New_York"] = "USA-5", ["America/Chicago"] = "USA-6",
        ["America/Denver"] = "USA-7", ["America/Los_Angeles"] = "USA-8", ["Asia/Tokyo"] = "JPN+9", ["Asia/Shanghai"] = "CHN+8",
        ["Australia/Sydney"] = "AUS+10",
    };

    /// <summary>The values.</summary>
    public static object Values(FileFacts facts) => new
    {
        facts.DeviceUrl,
        facts.CaUrl,
        facts.SipUser,
        facts.SipPassword,
        facts.SipDomain,
        Proxies = Proxies(facts),
        Label = LineTexts.Label(facts),
        DisplayName = LineTexts.DisplayName(facts),
        KeyLabel = LineTexts.Key(facts),
        facts.ScreenUrl,
        HasFirmware = facts.FirmwareUrl is not null,
        FirmwareUrl = facts.FirmwareUrl ?? "",
        UpdatePolicy = string.IsNullOrEmpty(facts.FirmwareUrl) ? "settings_only" : "auto_update",
        Language = LanguageName(facts.Language),
        Ntp = facts.Policy.NtpServer,
        TimeZone = ZoneOf(facts.Policy.TimeZone),
        Tones = ToneNames.Snom(facts),
        Clock24 = facts.Policy.Use24HourClock ? "on" : "off",
        AdminPassword = facts.Policy.PhoneAdminPassword,
        Settings = facts.SettingsNamed(SettingName()),
    };

    /// <summary>Snom's name of a zone, which its DECT bases know too; empty for one that is not in the table.</summary>
    public static string ZoneOf(string zone) => Zones.GetValueOrDefault(zone, "");

    // "user_outbound" takes several, apart by blanks; each names its transport.
    private static string Proxies(FileFacts facts)
    {
        var transport = facts.SipTransport == PhoneTransport.Tcp ? "tcp" : "udp";
        var first = string.Create(CultureInfo.InvariantCulture, $"{facts.SipHost}:{facts.SipPort};transport={transport}");
        return facts.SecondServer is { } second
            ? string.Create(CultureInfo.InvariantCulture, $"{first} {second.Host}:{second.Port};transport={transport}")
            : first;
    }

    private static string LanguageName(string language) => language.ToLowerInvariant() switch
    {
        "de" => "Deutsch",
        "es" => "Español",
        "fr" => "Français",
        "pt" => "Português",
        "ja" => "Japanese",
        _ => "English",
    };

    [GeneratedRegex(@"^[a-z][a-z0-9_]{0,99}\z")]
    private static partial Regex SettingName();
}
