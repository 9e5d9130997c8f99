using System.Text.RegularExpressions;

namespace SipGateway.Edge;

/// <summary>A device's own file, as values for the template.</summary>
internal static partial class MitelDeviceFile
{
    // The vendor's names of zones (administrator guide, appendix "Time zone codes").
    private static readonly Dictionary<string, string> Zones = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Europe/Berlin"] = "DE-Berlin", ["Europe/Paris"] = "FR-Paris", ["Europe/London"] = "GB-London", ["Europe/Madrid"] = "ES-Madrid",
        ["Europe/Lisbon"] = "PT-Lisbon", ["Europe/Rome"] = "IT-Rome", ["Europe/Vienna"] = "AT-Vienna", ["Europe/Zurich"] = "CH-Zurich",
        ["Europe/Amsterdam"] = "NL-Amsterdam", ["Europe/Brussels"] = "BE-Brussels", ["America/New_York"] = "US-Eastern",
        ["America/Chicago"] = "US-Central", ["America/Denver"] = "US-Mountain", ["America/Los_Angeles"] = "US-Pacific", ["Asia/Tokyo"] = "JP-Tokyo",
        ["Australia/Sydney"] = "AU-Sydney",
    };

    /// <summary>The values.</summary>
    public static object Values(FileFacts facts)
    {
        var url = new Uri(facts.DeviceUrl);
        return new
        {
            IsSecure = url.Scheme == Uri.UriSchemeHttps,
            Protocol = url.Scheme.ToUpperInvariant(),
            url.Host,
            url.Port,
            Path = url.AbsolutePath.Trim('/'),
            facts.CaUrl,
            facts.SipUser,
            facts.SipPassword,
            facts.SipDomain,
            facts.SipHost,
            facts.SipPort,
            SecondHost = facts.SecondServer?.Host ?? "",
            SecondPort = facts.SecondServer?.Port ?? 0,
            Transport = facts.SipTransport == PhoneTransport.Tcp ? 2 : 1,
            Label = LineTexts.Label(facts),
            DisplayName = LineTexts.DisplayName(facts),
            KeyLabel = LineTexts.Key(facts),
            facts.ScreenUrl,
            Language = facts.Language switch { "de" => "German", "es" => "Spanish", "fr" => "French", "pt" => "Portuguese", _ => "English" },
            Ntp = facts.Policy.NtpServer,
            TimeZone = Zones.GetValueOrDefault(facts.Policy.TimeZone, ""),
            Tones = ToneNames.Mitel(facts),
            Clock24 = facts.Policy.Use24HourClock ? 1 : 0,
            AdminPassword = facts.Policy.PhoneAdminPassword,
            Settings = facts.SettingsNamed(SettingName()),
        };
    }

    [GeneratedRegex(@"^[a-z][a-z0-9 -]{0,99}\z")]
    private static partial Regex SettingName();
}
