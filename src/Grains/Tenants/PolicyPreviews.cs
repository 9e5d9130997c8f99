using System.Collections.Immutable;
using SipGateway.Grains.Devices;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains;

/// <summary>What saving a policy would do.</summary>
internal static class PolicyPreviews
{
    public static PolicyPreview Of(CommandOutcome outcome, NamedPolicy? before, NamedPolicy after)
    {
        var old = before is null ? [] : ValuesOf(before);
        var young = ValuesOf(after);
        var changes = old.Keys.Union(young.Keys).Order(StringComparer.Ordinal)
            .Select(key => new PolicyChange(key, old.GetValueOrDefault(key), young.GetValueOrDefault(key)))
            .Where(change => change.Before != change.After || IsOtherSecret(change.Key, before, after));
        return new PolicyPreview { Outcome = outcome, Changes = [.. changes], Warnings = [.. WarningsOf(after)] };
    }

    private static Dictionary<string, string> ValuesOf(NamedPolicy policy)
    {
        var values = PolicyLayers.ValuesOf(policy.Policy).ToDictionary(v => v.Key, v => v.Value, StringComparer.Ordinal);
        if (policy.DisplayName.Length > 0) values["display_name"] = policy.DisplayName;
        if (policy.Models.Length > 0) values["models"] = string.Join(',', policy.Models.Order(StringComparer.Ordinal));
        return values;
    }

    // Two secrets look alike under their masks.
    private static bool IsOtherSecret(string key, NamedPolicy? before, NamedPolicy after) => key == PolicyLayers.PasswordKey
        ? before?.Policy.PhoneAdminPassword != after.Policy.PhoneAdminPassword
        : before?.Policy.Settings?.GetValueOrDefault(Setting(key)) != after.Policy.Settings?.GetValueOrDefault(Setting(key));

    private static string Setting(string key) =>
        key.StartsWith(PolicyLayers.SettingsPrefix, StringComparison.Ordinal) ? key[PolicyLayers.SettingsPrefix.Length..] : "";

    private static IEnumerable<string> WarningsOf(NamedPolicy policy)
    {
        var unknown = (policy.Policy.Settings ?? ImmutableSortedDictionary<string, string>.Empty).Keys.Where(key => !SettingSchema.IsKnown(key)).ToList();
        if (unknown.Count > 0)
            yield return $"No vendor is known to have {string.Join(", ", unknown.Select(key => $"'{key}'"))}: check the spelling; phones get it as it is.";
        if (policy.Policy.AllowSipDevices == false) yield return "Users of this policy can no longer sign in on phones.";
    }
}
