using System.Collections.Immutable;
using SipGateway.Grains.Interfaces;
using SipGateway.Trust;

namespace SipGateway.Grains;

/// <summary>Between a tenant on disk and a tenant on the wire.</summary>
internal static class TenantMapping
{
    public static StoredTenantSettings ToStored(this TenantSettings settings) => new()
    {
        CodeDigits = settings.CodeDigits,
        CodeLifetime = settings.CodeLifetime,
        StaleSignedIn = settings.StaleSignedIn,
        StaleSignedOut = settings.StaleSignedOut,
        PersonalSignIn = settings.PersonalSignIn,
        TrustedRanges = settings.TrustedRanges,
        Authority = settings.Authority,
        EntraTenantId = settings.EntraTenantId,
        EntraClientId = settings.EntraClientId,
    };

    public static StoredPolicy ToStored(this NamedPolicy named, string? lockedPassword) => new()
    {
        DisplayName = named.DisplayName,
        AllowSipDevices = named.Policy.AllowSipDevices,
        Language = named.Policy.Language,
        TimeZone = named.Policy.TimeZone,
        Use24HourClock = named.Policy.Use24HourClock,
        NtpServer = named.Policy.NtpServer,
        LockedPhoneAdminPassword = lockedPassword,
        EmergencyNumbers = named.Policy.EmergencyNumbers,
        Settings = named.Policy.Settings,
    };

    public static PolicyContent ToContent(this NamedPolicy named, string? lockedPassword) =>
        new(named.ToStored(lockedPassword), named.Models, new BesidePolicy(named.Policy.FirmwareChannel, named.Policy.ToneCountry));

    public static TenantSnapshot ToSnapshot(this TenantState state, string tenant, KeyRing ring) => new()
    {
        Tenant = tenant,
        Exists = state.Exists,
        Version = state.Version,
        Settings = state.Settings.ToWire() with
        {
            CompatibilityGate = state.CompatibilityGate ?? CompatibilityGate.Allow, Region = state.Region ?? "",
        },
        Policies = state.Policies.ToImmutableSortedDictionary(
            p => p.Key,
            p => p.Value.ToWire(tenant, p.Key, ring, PolicyHistory.BesideOf(state, p.Key)) with { Models = PolicyHistory.ModelsOf(state, p.Key) }),
        Sites = state.Sites.ToImmutableSortedDictionary(
            s => s.Key,
            s => new Site { SiteId = s.Key, DisplayName = s.Value.DisplayName, PolicyId = s.Value.PolicyId }),
        ModelPolicies = state.ModelPolicies ?? ImmutableSortedDictionary<string, string>.Empty,
    };

    public static PolicyRevision ToWire(this StoredRevision stored, string tenant, KeyRing ring) => new()
    {
        Revision = stored.Revision,
        AtUtc = stored.AtUtc,
        Actor = stored.Actor,
        Policy = stored.Policy.ToWire(tenant, stored.PolicyId, ring, new BesidePolicy(stored.FirmwareChannel, stored.ToneCountry)) with
        {
            Models = stored.Models,
        },
    };

    /// <summary>The place that a phone admin password is bound to in <see cref="SecretBox"/>.</summary>
    public static string PasswordPlace(string tenant, string policyId) => $"tenant/{tenant}/policies/{policyId}/phoneAdminPassword";

    private static TenantSettings ToWire(this StoredTenantSettings stored) => new()
    {
        CodeDigits = stored.CodeDigits,
        CodeLifetime = stored.CodeLifetime,
        StaleSignedIn = stored.StaleSignedIn,
        StaleSignedOut = stored.StaleSignedOut,
        PersonalSignIn = stored.PersonalSignIn,
        TrustedRanges = stored.TrustedRanges,
        Authority = stored.Authority,
        EntraTenantId = stored.EntraTenantId,
        EntraClientId = stored.EntraClientId,
    };

    private static NamedPolicy ToWire(this StoredPolicy stored, string tenant, string policyId, KeyRing ring, BesidePolicy beside) => new()
    {
        PolicyId = policyId,
        DisplayName = stored.DisplayName,
        Policy = new PhonePolicy
        {
            AllowSipDevices = stored.AllowSipDevices,
            Language = stored.Language,
            TimeZone = stored.TimeZone,
            Use24HourClock = stored.Use24HourClock,
            NtpServer = stored.NtpServer,
            PhoneAdminPassword = stored.LockedPhoneAdminPassword is { } locked ? SecretBox.Unlock(ring, locked, PasswordPlace(tenant, policyId)) : null,
            EmergencyNumbers = stored.EmergencyNumbers,
            Settings = stored.Settings,
            FirmwareChannel = beside.FirmwareChannel,
            ToneCountry = beside.ToneCountry,
        },
    };
}
