using System.Collections.Immutable;
using SipGateway.Admin.V1;
using SipGateway.Grains.Interfaces;

namespace SipGateway.AdminApi;

/// <summary>Policies as the API shows and takes them.</summary>
internal static class PolicyMessages
{
    /// <summary>The fields an update may change.</summary>
    public static readonly string[] Changeable =
    [
        "display_name", "allow_sip_devices", "language", "time_zone", "use_24_hour_clock", "ntp_server", "phone_admin_password",
            "emergency_numbers", "settings", "models", "firmware_channel", "tone_country",
    ];

    /// <summary>The name of a policy.</summary>
    public static string NameOf(string tenant, string id) => $"tenants/{tenant}/policies/{id}";

    /// <summary>As shown: the password only as set or not.</summary>
    public static Policy From(string tenant, long version, NamedPolicy named)
    {
        var message = new Policy
        {
            Name = NameOf(tenant, named.PolicyId),
            PolicyId = named.PolicyId,
            DisplayName = named.DisplayName,
            PhoneAdminPasswordSet = !string.IsNullOrEmpty(named.Policy.PhoneAdminPassword),
            Etag = CommandContexts.EtagOf(version),
        };
        CopyValues(named.Policy, message);
        message.EmergencyNumbers.AddRange(named.Policy.EmergencyNumbers ?? []);
        foreach (var (key, value) in named.Policy.Settings ?? ImmutableSortedDictionary<string, string>.Empty)
        {
            message.Settings[key] = SecretValues.Shown(key, value);
        }

        message.Models.AddRange(named.Models);

        return message;
    }

    /// <summary>The policy that an update makes of an old one.</summary>
    public static NamedPolicy Merge(string id, NamedPolicy old, Policy asked, UpdateMask mask) => new()
    {
        PolicyId = id,
        DisplayName = mask.Choose("display_name", asked.DisplayName, old.DisplayName),
        Policy = new PhonePolicy
        {
            AllowSipDevices = mask.Choose("allow_sip_devices", asked.HasAllowSipDevices ? asked.AllowSipDevices : null,
                old.Policy.AllowSipDevices),
            Language = mask.Choose("language", asked.HasLanguage ? asked.Language : null, old.Policy.Language),
            TimeZone = mask.Choose("time_zone", asked.HasTimeZone ? asked.TimeZone : null, old.Policy.TimeZone),
            Use24HourClock = mask.Choose("use_24_hour_clock", asked.HasUse24HourClock ? asked.Use24HourClock : null,
                old.Policy.Use24HourClock),
            NtpServer = mask.Choose("ntp_server", asked.HasNtpServer ? asked.NtpServer : null, old.Policy.NtpServer),
            PhoneAdminPassword = mask.Choose(
                "phone_admin_password", asked.HasPhoneAdminPassword ? asked.PhoneAdminPassword : null, old.Policy.PhoneAdminPassword),
            EmergencyNumbers = mask.Has("emergency_numbers") ? NumbersOf(asked) : old.Policy.EmergencyNumbers,
            Settings = mask.Has("settings") ? SettingsOf(asked, old.Policy.Settings) : old.Policy.Settings,
            FirmwareChannel = mask.Choose(
                "firmware_channel", asked.HasFirmwareChannel ? asked.FirmwareChannel : null, old.Policy.FirmwareChannel),
            ToneCountry = mask.Choose("tone_country", asked.HasToneCountry ? asked.ToneCountry : null, old.Policy.ToneCountry),
        },
        Models = mask.Has("models") ? [.. asked.Models] : old.Models,
    };

    private static void CopyValues(PhonePolicy policy, Policy message)
    {
        if (policy.AllowSipDevices is { } allow)
        {
            message.AllowSipDevices = allow;
        }

        if (policy.Language is { } language)
        {
            message.Language = language;
        }

        if (policy.TimeZone is { } zone)
        {
            message.TimeZone = zone;
        }

        if (policy.Use24HourClock is { } clock)
        {
            message.Use24HourClock = clock;
        }

        if (policy.NtpServer is { } ntp)
        {
            message.NtpServer = ntp;
        }

        if (policy.FirmwareChannel is { } channel)
        {
            message.FirmwareChannel = channel;
        }

        if (policy.ToneCountry is { } country)
        {
            message.ToneCountry = country;
        }
    }

    // An empty list would leave phones without an emergency number: it means the layer below.
    private static ImmutableArray<string>? NumbersOf(Policy asked) => asked.EmergencyNumbers.Count == 0 ? null
        : [.. asked.EmergencyNumbers];

    // A masked secret that comes back is the one that is there.
    private static ImmutableSortedDictionary<string, string>? SettingsOf(Policy asked, ImmutableSortedDictionary<string, string>? old) =>
        asked.Settings.Count == 0 ? null : asked.Settings.ToImmutableSortedDictionary(
            s => s.Key,
            s => s.Value == SecretValues.Mask && SecretValues.IsSecret(s.Key) ? old?.GetValueOrDefault(s.Key) ?? "" : s.Value,
            StringComparer.Ordinal);
}
