using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SipGateway.Grains.Interfaces;
using SipGateway.Trust;

namespace SipGateway.Grains;

/// <summary>What applies to a device, and whether the phone has it.</summary>
internal static class PolicyRules
{
    /// <summary>All layers, the later one winning: gateway → tenant → site → user.</summary>
    public static EffectivePolicy Effective(TenantSnapshot? tenant, string siteId, string userPolicyId)
    {
        var effective = new EffectivePolicy();
        if (tenant is null) return effective;
        effective = Over(effective, Find(tenant, PolicyIds.Default));
        if (tenant.Sites.TryGetValue(siteId, out var site)) effective = Over(effective, Find(tenant, site.PolicyId));
        return Over(effective, Find(tenant, userPolicyId));
    }

    /// <summary>The configuration the phone in the seat should have; null while the seat is empty or its key is gone.</summary>
    public static PhoneConfig? ConfigOf(Phone phone, DeviceFacts facts)
    {
        if (phone.Seat is not { } seat
            || DeviceSecrets.UnlockSip(facts.Keys, facts.Mac, seat.Epoch, seat.LockedSecret) is not { } secret
            || DeviceSecrets.UnlockToken(facts, seat) is not { } token) return null;
        var claim = phone.Claims.FirstOrDefault(c => c.Tenant == seat.Tenant);
        var config = new PhoneConfig
        {
            SipUser = new DeviceSipUser(facts.Mac, 1, seat.Epoch).Format(facts.Keys),
            SipPassword = secret,
            ConfigTokenRandom = token,
            ScreenTokenRandom = seat.ScreenTokenRandom,
            IsSignedIn = seat.User is not null,
            DisplayName = seat.User?.DisplayName ?? "",
            PhoneNumber = seat.User?.PhoneNumber ?? "",
            Policy = Effective(facts.TenantOf(seat.Tenant), claim?.Site ?? "", seat.User?.PolicyId ?? ""),
            Hash = "",
        };
        return config with { Hash = HashOf(config) };
    }

    /// <summary>At a refresh: a phone that does not have what it should is told to fetch, once for each change.</summary>
    public static void CheckAtRefresh(DeviceChange change)
    {
        if (change.Phone.Seat is not { } seat || ConfigOf(change.Phone, change.Facts) is not { } config) return;
        if (config.Hash == seat.AppliedConfigHash || config.Hash == seat.AnnouncedConfigHash) return;
        if (PushRules.ToDevice(change, NotifyKind.Resync) is null) return;
        change.Phone = change.Phone with { Seat = change.Phone.Seat with { AnnouncedConfigHash = config.Hash } };
        change.Event("policy.changed", "The phone's configuration changed; it is told to fetch it.");
    }

    private static PhonePolicy? Find(TenantSnapshot tenant, string policyId) =>
        policyId.Length > 0 && tenant.Policies.TryGetValue(policyId, out var named) ? named.Policy : null;

    private static EffectivePolicy Over(EffectivePolicy below, PhonePolicy? layer) => layer is null ? below : below with
    {
        AllowSipDevices = layer.AllowSipDevices ?? below.AllowSipDevices,
        Language = layer.Language ?? below.Language,
        TimeZone = layer.TimeZone ?? below.TimeZone,
        Use24HourClock = layer.Use24HourClock ?? below.Use24HourClock,
        NtpServer = layer.NtpServer ?? below.NtpServer,
        PhoneAdminPassword = layer.PhoneAdminPassword ?? below.PhoneAdminPassword,
        EmergencyNumbers = layer.EmergencyNumbers ?? below.EmergencyNumbers,
        Settings = layer.Settings is null ? below.Settings : below.Settings.SetItems(layer.Settings),
    };

    // Canonical: properties in declaration order, settings in key order. A keyed hash, so that nobody who sees it can try passwords against it, is not needed: secrets are 128 random bits.
    private static string HashOf(PhoneConfig config) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(config)))[..32];
}
