using System.Globalization;
using System.Text.RegularExpressions;

namespace SipGateway.Edge;

/// <summary>The numbered settings ("P-values") that Grandstream made up and Htek took over, as values for their templates.</summary>
internal static partial class PValues
{
    /// <summary>The values.</summary>
    /// <param name="facts">What is told.</param>
    /// <param name="ports">How many the device has.</param>
    public static object Of(FileFacts facts, int ports = 1)
    {
        var url = new Uri(facts.DeviceUrl);
        var firmware = string.IsNullOrEmpty(facts.FirmwareUrl) ? null : new Uri(facts.FirmwareUrl);
        return new
        {
            facts.Mac,
            facts.SipUser,
            facts.SipPassword,
            facts.SipDomain,
            Server = string.Create(CultureInfo.InvariantCulture, $"{facts.SipDomain}:{facts.SipPort}"),
            Proxy = string.Create(CultureInfo.InvariantCulture, $"{facts.SipHost}:{facts.SipPort}"),
            SecondProxy = facts.SecondServer is { } second ? string.Create(CultureInfo.InvariantCulture, $"{second.Host}:{second.Port}") : "",
            Transport = facts.SipTransport == PhoneTransport.Tcp ? 1 : 0,
            Label = LineTexts.Label(facts),
            DisplayName = LineTexts.DisplayName(facts),

            facts.Lines,
            IsSecondPortOff = ports > 1 && facts.Lines.Count == 0,

            // The scheme is a setting of its own: 0 is TFTP, 1 http, 2 https.
            UpgradeVia = url.Scheme == Uri.UriSchemeHttps ? 2 : 1,
            ServerPath = (url.Authority + url.AbsolutePath).TrimEnd('/'),

            // A folder: phones ask in it for the name that their model has.
            HasFirmware = facts.FirmwareUrl is not null,
            FirmwarePath = firmware is null ? "" : firmware.Authority + firmware.AbsolutePath[..firmware.AbsolutePath.LastIndexOf('/')],
            FirmwareVia = (firmware ?? url).Scheme == Uri.UriSchemeHttps ? 2 : 1,
            Ntp = facts.Policy.NtpServer,
            Language = facts.Language,
            TimeZone = PosixZones.Of(facts.Policy.TimeZone),
            Clock24 = facts.Policy.Use24HourClock ? 1 : 0,
            Tones = CountryTones.Grandstream(facts),
            AdminPassword = facts.Policy.PhoneAdminPassword,
            Settings = facts.SettingsNamed(SettingName()),
        };
    }

    [GeneratedRegex(@"^P[0-9]{1,6}\z")]
    private static partial Regex SettingName();
}
