using System.Collections.Immutable;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Devices;

/// <summary>One layer that says something.</summary>
/// <param name="Kind">Which.</param>
/// <param name="PolicyId">The tenant's policy in it; empty for the operator's.</param>
/// <param name="Policy">What it says.</param>
internal sealed record PolicyLayer(PolicyLayerKind Kind, string PolicyId, PhonePolicy Policy);

/// <summary>By what a device's layers are found.</summary>
/// <param name="Vendor">Vendor folder's name; empty while unknown.</param>
/// <param name="Model">Model; empty while unknown.</param>
/// <param name="Site">Its site in the tenant; empty for none.</param>
/// <param name="UserPolicy">The user's policy; empty for none.</param>
/// <param name="DevicePolicy">Its own; empty for none.</param>
internal sealed record PolicySubject(string Vendor, string Model, string Site, string UserPolicy, string DevicePolicy);

/// <summary>Which layers there are for a device, and which of them a value is from.</summary>
internal static class PolicyLayers
{
    /// <summary>Before a vendor's own key.</summary>
    public const string SettingsPrefix = "settings.";

    /// <summary>The only value of our own that is a secret.</summary>
    public const string PasswordKey = "phone_admin_password";

    /// <summary>From the widest to the narrowest; a policy that is gone is no layer.</summary>
    public static ImmutableArray<PolicyLayer> Of(TenantSnapshot tenant, PolicySubject subject, DeviceOptions options)
    {
        var layers = ImmutableArray.CreateBuilder<PolicyLayer>();
        layers.Add(new PolicyLayer(PolicyLayerKind.Gateway, "", options.GatewayPolicy));
        Add(PolicyLayerKind.Tenant, PolicyIds.Default);
        Add(PolicyLayerKind.Site, tenant.Sites.TryGetValue(subject.Site, out var site) ? site.PolicyId : "");
        Add(PolicyLayerKind.Model, ModelPolicy(tenant, subject));
        Add(PolicyLayerKind.User, subject.UserPolicy);
        Add(PolicyLayerKind.Device, subject.DevicePolicy);
        return layers.ToImmutable();

        void Add(PolicyLayerKind kind, string policyId)
        {
            if (policyId.Length > 0 && tenant.Policies.TryGetValue(policyId, out var named)) layers.Add(new PolicyLayer(kind, policyId, named.Policy));
        }
    }

    /// <summary>Every value with the layer it is from, in the order of keys.</summary>
    /// <param name="layers">From the widest to the narrowest.</param>
    /// <param name="region">The tenant's, which is in no policy; empty for none.</param>
    public static ImmutableArray<EffectiveValue> Explain(IReadOnlyCollection<PolicyLayer> layers, string region = "")
    {
        var values = new SortedDictionary<string, EffectiveValue>(StringComparer.Ordinal);
        foreach (var (key, value) in ValuesOf(PolicyRules.Complete(new EffectivePolicy()))) Put(key, value, PolicyLayerKind.Gateway, "");
        foreach (var layer in layers)
        {
            foreach (var (key, value) in ValuesOf(layer.Policy)) Put(key, value, layer.Kind, layer.PolicyId);
        }

        if (region.Length > 0) Put("region", region, PolicyLayerKind.Tenant, "");
        return [.. values.Values];

        void Put(string key, string value, PolicyLayerKind kind, string policyId) =>
            values[key] = new EffectiveValue { Key = key, Value = value, Layer = kind, PolicyId = policyId };
    }

    /// <summary>What a policy says, by the API's names; secrets masked.</summary>
    public static IEnumerable<(string Key, string Value)> ValuesOf(PhonePolicy policy)
    {
        if (policy.AllowSipDevices is { } allow) yield return ("allow_sip_devices", allow ? "true" : "false");
        if (policy.Language is { } language) yield return ("language", language);
        if (policy.TimeZone is { } zone) yield return ("time_zone", zone);
        if (policy.Use24HourClock is { } clock) yield return ("use_24_hour_clock", clock ? "true" : "false");
        if (policy.NtpServer is { } ntp) yield return ("ntp_server", ntp);
        if (policy.PhoneAdminPassword is { } password) yield return (PasswordKey, password.Length > 0 ? SecretValues.Mask : "");
        if (policy.EmergencyNumbers is { IsDefault: false } numbers) yield return ("emergency_numbers", string.Join(',', numbers));
        if (policy.FirmwareChannel is { } channel) yield return ("firmware_channel", channel);
        if (policy.ToneCountry is { } tones) yield return ("tone_country", tones);
        foreach (var (key, value) in policy.Settings ?? ImmutableSortedDictionary<string, string>.Empty)
            yield return (SettingsPrefix + key, SecretValues.Shown(key, value));
    }

    // The model itself goes before all of its vendor's.
    private static string ModelPolicy(TenantSnapshot tenant, PolicySubject subject)
    {
        if (subject.Vendor.Length == 0) return "";
        var models = tenant.ModelPolicies;
        return models.GetValueOrDefault($"{subject.Vendor}/{subject.Model.ToUpperInvariant()}") ?? models.GetValueOrDefault($"{subject.Vendor}/*") ?? "";
    }
}
