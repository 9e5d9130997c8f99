using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <summary>A policy as it is edited: everything is text, and empty is left to the layer below.</summary>
internal sealed class PolicyForm
{
    private static readonly char[] Breaks = [',', ';', '\n', '\r'];

    public string DisplayName { get; set; } = "";

    /// <summary>Empty, <c>true</c> or <c>false</c>.</summary>
    public string AllowSipDevices { get; set; } = "";

    public string Language { get; set; } = "";

    public string TimeZone { get; set; } = "";

    public string Use24HourClock { get; set; } = "";

    public string NtpServer { get; set; } = "";

    public string FirmwareChannel { get; set; } = "";

    public string EmergencyNumbers { get; set; } = "";

    public string Models { get; set; } = "";

    /// <summary>Empty keeps what is there.</summary>
    public string Password { get; set; } = "";

    public bool ClearPassword { get; set; }

    public List<Row> Settings { get; } = [];

    /// <summary>What the form says of a policy.</summary>
    public static PolicyForm Of(Policy policy)
    {
        var form = new PolicyForm
        {
            DisplayName = policy.DisplayName,
            AllowSipDevices = policy.HasAllowSipDevices ? Said(policy.AllowSipDevices) : "",
            Language = policy.Language,
            TimeZone = policy.TimeZone,
            Use24HourClock = policy.HasUse24HourClock ? Said(policy.Use24HourClock) : "",
            NtpServer = policy.NtpServer,
            FirmwareChannel = policy.FirmwareChannel,
            EmergencyNumbers = string.Join(", ", policy.EmergencyNumbers),
            Models = string.Join('\n', policy.Models),
        };
        form.Settings.AddRange(policy.Settings.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => new Row { Key = s.Key, Value = s.Value }));
        return form;
    }

    /// <summary>The policy that the form asks for.</summary>
    public Policy ToPolicy(string name, string id, string etag)
    {
        var policy = new Policy { Name = name, PolicyId = id, DisplayName = DisplayName.Trim(), Etag = etag };
        if (AllowSipDevices.Length > 0) policy.AllowSipDevices = AllowSipDevices == "true";
        if (Language.Trim() is { Length: > 0 } language) policy.Language = language;
        if (TimeZone.Trim() is { Length: > 0 } zone) policy.TimeZone = zone;
        if (Use24HourClock.Length > 0) policy.Use24HourClock = Use24HourClock == "true";
        if (NtpServer.Trim() is { Length: > 0 } server) policy.NtpServer = server;
        if (FirmwareChannel.Trim() is { Length: > 0 } channel) policy.FirmwareChannel = channel;
        if (Password.Length > 0 && !ClearPassword) policy.PhoneAdminPassword = Password;
        policy.EmergencyNumbers.AddRange(Parts(EmergencyNumbers));
        policy.Models.AddRange(Parts(Models));
        foreach (var row in Settings.Where(row => row.Key.Trim().Length > 0)) policy.Settings[row.Key.Trim()] = row.Value.Trim();
        return policy;
    }

    /// <summary>The fields that are written: a password that is not typed stays as it is.</summary>
    public IEnumerable<string> Mask =>
    [
        "display_name", "allow_sip_devices", "language", "time_zone", "use_24_hour_clock", "ntp_server", "emergency_numbers", "settings", "models",
        "firmware_channel", .. Password.Length > 0 || ClearPassword ? (string[])["phone_admin_password"] : [],
    ];

    private static string[] Parts(string text) => text.Split(Breaks, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Said(bool flag) => flag ? "true" : "false";

    /// <summary>One of the vendors' own settings.</summary>
    public sealed class Row
    {
        public string Key { get; set; } = "";

        public string Value { get; set; } = "";
    }
}
