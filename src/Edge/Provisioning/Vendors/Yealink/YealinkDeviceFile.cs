using System.Globalization;
using System.Text.RegularExpressions;

namespace SipGateway.Edge;

/// <summary>
/// A device's own file, as values for the template. A phone keeps what an empty value names, so nothing here is ever empty: <c>%NULL%</c>
/// clears.
/// </summary>
internal static partial class YealinkDeviceFile
{
    private const string Cleared = "%NULL%";

    /// <summary>The values.</summary>
    public static object Values(FileFacts facts) => new
    {
        facts.DeviceUrl,
        CaUrl = OrCleared(facts.CaUrl),
        TrustCa = facts.CaUrl.Length > 0,
        facts.SipUser,
        facts.SipPassword,
        facts.SipDomain,
        facts.SipHost,
        facts.SipPort,
        Transport = facts.SipTransport == PhoneTransport.Tcp ? 1 : 0,
        HasProxy = facts.SipHost != facts.SipDomain || facts.SecondServer is not null,
        SecondHost = facts.SecondServer?.Host ?? "",
        SecondPort = facts.SecondServer?.Port ?? 0,
        Label = LineTexts.Label(facts),
        DisplayName = OrCleared(LineTexts.DisplayName(facts)),
        Lines = facts.Lines.Select(line => line with { DisplayName = OrCleared(line.DisplayName) }).ToArray(),
        KeyLabel = LineTexts.Key(facts),
        facts.ScreenUrl,
        HasFirmware = facts.FirmwareUrl is not null,
        FirmwareUrl = OrCleared(facts.FirmwareUrl ?? ""),
        Language = LanguageName(facts.Language),
        Ntp = facts.Policy.NtpServer,
        TimeZone = YealinkTimeZones.OffsetOf(facts.Policy.TimeZone),
        TimeZoneName = YealinkTimeZones.NameOf(facts.Policy.TimeZone),
        Tones = ToneNames.Yealink(facts),
        TimeFormat = facts.Policy.Use24HourClock ? 1 : 0,
        AdminPassword = facts.Policy.PhoneAdminPassword,
        HasAdminPassword = facts.Policy.PhoneAdminPassword.Length > 0,
        Settings = facts.Policy.Settings
            .Where(s => SettingKey().IsMatch(s.Key))
            .Select(s => new { s.Key, Value = OrCleared(s.Value) })
            .ToArray(),
    };

    private static string OrCleared(string value) => value.Length == 0 ? Cleared : value;

    // Japanese is in no Yealink firmware: its screens stay English, its sign-in page does not.
    private static string LanguageName(string language) => language.ToLower(CultureInfo.InvariantCulture) switch
    {
        "de" => "German",
        "es" => "Spanish",
        "fr" => "French",
        "pt" => "Portuguese",
        _ => "English",
    };

    [GeneratedRegex(@"^[a-z0-9._]{1,100}\z")]
    private static partial Regex SettingKey();
}
