using System.Globalization;
using System.Text.RegularExpressions;

namespace SipGateway.Edge;

/// <summary>A device's own file, as values for the template.</summary>
internal static partial class CiscoDeviceFile
{
    /// <summary>The values.</summary>
    public static object Values(FileFacts facts) => new
    {
        facts.DeviceUrl,
        facts.CaUrl,
        facts.SipUser,
        facts.SipPassword,
        Server = string.Create(CultureInfo.InvariantCulture, $"{facts.SipDomain}:{facts.SipPort}"),
        Proxy = string.Create(CultureInfo.InvariantCulture, $"{facts.SipHost}:{facts.SipPort}"),
        SecondProxy = facts.SecondServer is { } second ? string.Create(CultureInfo.InvariantCulture, $"{second.Host}:{second.Port}") : "",
        Transport = facts.SipTransport == PhoneTransport.Tcp ? "TCP" : "UDP",
        Label = LineTexts.Label(facts),
        DisplayName = LineTexts.DisplayName(facts),
        facts.Lines,
        HasOneLine = facts.Lines.Count == 0,
        KeyLabel = LineTexts.Key(facts),
        facts.ScreenUrl,
        Language = facts.Language switch { "de" => "German", "es" => "Spanish", "fr" => "French", "pt" => "Portuguese", "ja" => "Japanese", _ => "English-US" },
        Ntp = facts.Policy.NtpServer,
        TimeZone = ZoneOffsets.GmtOf(facts.Policy.TimeZone),
        Clock = facts.Policy.Use24HourClock ? "24hr" : "12hr",
        Tones = CountryTones.Sipura(facts),
        AdminPassword = facts.Policy.PhoneAdminPassword,
        Settings = facts.SettingsNamed(SettingName()),
    };

    [GeneratedRegex(@"^[A-Z][A-Za-z0-9_-]{0,99}\z")]
    private static partial Regex SettingName();
}
