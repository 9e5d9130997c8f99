using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Devices;

/// <summary>Which policy applies, and when a configuration is another one.</summary>
internal static class PolicyRules
{
    /// <summary>Layers from the widest to the narrowest; each value comes from the last layer that has it, settings key by key.</summary>
    public static EffectivePolicy Effective(IEnumerable<PhonePolicy> layers) => layers.Aggregate(new EffectivePolicy(), Over);

    /// <summary>An effective policy as a layer that leaves nothing to others.</summary>
    public static PhonePolicy Complete(EffectivePolicy policy) => new()
    {
        AllowSipDevices = policy.AllowSipDevices,
        Language = policy.Language,
        TimeZone = policy.TimeZone,
        Use24HourClock = policy.Use24HourClock,
        NtpServer = policy.NtpServer,
        PhoneAdminPassword = policy.PhoneAdminPassword,
        EmergencyNumbers = policy.EmergencyNumbers,
        Settings = policy.Settings,
        FirmwareChannel = policy.FirmwareChannel,
        ToneCountry = policy.ToneCountry,
    };

    /// <summary>What a bootstrap may say of a tenant's policy: how the phone talks and tells the time, and no secret.</summary>
    public static EffectivePolicy Public(EffectivePolicy policy) =>
        policy with { PhoneAdminPassword = "", Settings = ImmutableSortedDictionary<string, string>.Empty, FirmwareChannel = "" };

    /// <summary>SHA-256 over the whole content in one fixed order, lower-case hex: equal content, equal hash, on every silo.</summary>
    public static string Hash(PhoneConfig config)
    {
        var octets = new ArrayBufferWriter<byte>(1024);
        using (var content = new Utf8JsonWriter(octets))
        {
            content.WriteStartArray();
            content.WriteStringValue(config.SipUser);
            content.WriteStringValue(config.SipPassword);
            content.WriteStringValue(config.ConfigTokenRandom);
            content.WriteStringValue(config.ScreenTokenRandom);
            content.WriteBooleanValue(config.IsSignedIn);
            content.WriteStringValue(config.DisplayName);
            content.WriteStringValue(config.PhoneNumber);
            Write(content, config.Policy);
            content.WriteEndArray();
        }

        return Convert.ToHexStringLower(SHA256.HashData(octets.WrittenSpan));
    }

    /// <summary>The configuration this phone should have is known: when it has another, it is told to fetch; not twice within the hour.</summary>
    public static void NoteWanted(DeviceChange change, string hash)
    {
        if (change.Next.Seat is not { } seat) return;
        Owe(change, isOwed: seat.AppliedConfigHash != hash);
        if (seat.WantedConfigHash != hash)
        {
            change.Next.Seat = seat = seat with { WantedConfigHash = hash };
            change.Touch();
            if (seat.AppliedConfigHash != hash) NotifyRules.OrderResync(change);
            return;
        }

        var isOrdered = change.Next.Intents.Any(i => i.Kind == NotifyKind.Resync) || change.Now - seat.ResyncOrderedAtUtc < TimeSpan.FromHours(1);
        if (seat.AppliedConfigHash != hash && !isOrdered) NotifyRules.OrderResync(change);
    }

    /// <summary>Whether the phone has to fetch another configuration than it has; since when is remembered.</summary>
    public static void Owe(DeviceChange change, bool isOwed)
    {
        if (isOwed == change.Next.ConfigOwedSinceUtc is not null) return;
        change.Next.ConfigOwedSinceUtc = isOwed ? change.Now : null;
        change.Touch();
    }

    private static EffectivePolicy Over(EffectivePolicy below, PhonePolicy layer) => new()
    {
        AllowSipDevices = layer.AllowSipDevices ?? below.AllowSipDevices,
        Language = layer.Language ?? below.Language,
        TimeZone = layer.TimeZone ?? below.TimeZone,
        Use24HourClock = layer.Use24HourClock ?? below.Use24HourClock,
        NtpServer = layer.NtpServer ?? below.NtpServer,
        PhoneAdminPassword = layer.PhoneAdminPassword ?? below.PhoneAdminPassword,
        EmergencyNumbers = layer.EmergencyNumbers ?? below.EmergencyNumbers,
        Settings = layer.Settings is null ? below.Settings : below.Settings.SetItems(layer.Settings),
        FirmwareChannel = layer.FirmwareChannel ?? below.FirmwareChannel,
        ToneCountry = layer.ToneCountry ?? below.ToneCountry,
    };

    private static void Write(Utf8JsonWriter content, EffectivePolicy policy)
    {
        content.WriteBooleanValue(policy.AllowSipDevices);
        content.WriteStringValue(policy.Language);
        content.WriteStringValue(policy.TimeZone);
        content.WriteBooleanValue(policy.Use24HourClock);
        content.WriteStringValue(policy.NtpServer);
        content.WriteStringValue(policy.PhoneAdminPassword);
        content.WriteStartArray();
        foreach (var number in policy.EmergencyNumbers) content.WriteStringValue(number);
        content.WriteEndArray();
        content.WriteStartArray();
        foreach (var (key, value) in policy.Settings.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            content.WriteStartArray();
            content.WriteStringValue(key);
            content.WriteStringValue(value);
            content.WriteEndArray();
        }

        content.WriteEndArray();

        // Where nobody chose a channel, a region or a country the hash is that of the release before, and no phone reads its files anew.
        if (policy.FirmwareChannel.Length > 0) content.WriteStringValue(policy.FirmwareChannel);
        Named(content, "region", policy.Region);
        Named(content, "tones", policy.ToneCountry);
    }

    // With its name: never taken for another of the same value.
    private static void Named(Utf8JsonWriter content, string name, string value)
    {
        if (value.Length == 0) return;
        content.WriteStartArray();
        content.WriteStringValue(name);
        content.WriteStringValue(value);
        content.WriteEndArray();
    }
}
