using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <summary>One value that changes; null is not set.</summary>
/// <param name="Key">A field of a policy, or a vendor's own key as <c>settings.KEY</c>.</param>
/// <param name="Before">What it was.</param>
/// <param name="After">What it becomes.</param>
public sealed record PolicyValueChange(string Key, string? Before, string? After);

/// <summary>What differs between two policies.</summary>
internal static class PolicyDiff
{
    private const string Mask = "********";

    /// <summary>By key; a policy that is not there sets nothing.</summary>
    public static IReadOnlyList<PolicyValueChange> Of(Policy? before, Policy? after)
    {
        var (old, young) = (ValuesOf(before), ValuesOf(after));
        return [.. old.Keys.Union(young.Keys).Order(StringComparer.Ordinal)
            .Select(key => new PolicyValueChange(key, old.GetValueOrDefault(key), young.GetValueOrDefault(key)))
            .Where(change => change.Before != change.After)];
    }

    /// <summary>How many values a policy sets.</summary>
    public static int CountOf(Policy policy) => ValuesOf(policy).Count(value => value.Key is not ("display_name" or "models"));

    private static Dictionary<string, string> ValuesOf(Policy? policy)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (policy is null) return values;
        if (policy.DisplayName.Length > 0) values["display_name"] = policy.DisplayName;
        if (policy.HasAllowSipDevices) values["allow_sip_devices"] = Said(policy.AllowSipDevices);
        if (policy.HasLanguage) values["language"] = policy.Language;
        if (policy.HasTimeZone) values["time_zone"] = policy.TimeZone;
        if (policy.HasUse24HourClock) values["use_24_hour_clock"] = Said(policy.Use24HourClock);
        if (policy.HasNtpServer) values["ntp_server"] = policy.NtpServer;
        if (policy.HasFirmwareChannel) values["firmware_channel"] = policy.FirmwareChannel;
        if (policy.PhoneAdminPasswordSet) values["phone_admin_password"] = Mask;
        if (policy.EmergencyNumbers.Count > 0) values["emergency_numbers"] = string.Join(", ", policy.EmergencyNumbers);
        if (policy.Models.Count > 0) values["models"] = string.Join(", ", policy.Models.Order(StringComparer.Ordinal));
        foreach (var (key, value) in policy.Settings) values["settings." + key] = value;
        return values;
    }

    private static string Said(bool flag) => flag ? "true" : "false";
}
