using System.Collections.Immutable;

namespace SipGateway.Grains.Interfaces;

/// <summary>One layer of policy; null leaves a value to the layer below.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.policy")]
public sealed record PhonePolicy
{
    /// <summary>Whether users may sign in on SIP phones.</summary>
    [Id(0)] public bool? AllowSipDevices { get; init; }

    /// <summary>Two letters, such as <c>de</c>.</summary>
    [Id(1)] public string? Language { get; init; }

    /// <summary>IANA name, such as <c>Europe/Berlin</c>.</summary>
    [Id(2)] public string? TimeZone { get; init; }

    /// <summary>24-hour clock.</summary>
    [Id(3)] public bool? Use24HourClock { get; init; }

    /// <summary>Host name or address.</summary>
    [Id(4)] public string? NtpServer { get; init; }

    /// <summary>The phone's own admin password. A secret.</summary>
    [Id(5)] public string? PhoneAdminPassword { get; init; }

    /// <summary>Numbers that every phone may dial, also signed out.</summary>
    [Id(6)] public ImmutableArray<string>? EmergencyNumbers { get; init; }

    /// <summary>Backlight, ring tone and other values by the vendor's own key; the template writes them last.</summary>
    [Id(7)] public ImmutableSortedDictionary<string, string>? Settings { get; init; }

    /// <summary>Which of the edges' firmware the phones take, such as <c>stable</c>.</summary>
    [Id(8)] public string? FirmwareChannel { get; init; }

    /// <summary>The country whose tones phones play, by two letters such as <c>DE</c>.</summary>
    [Id(9)] public string? ToneCountry { get; init; }
}

/// <summary>What applies to one device after all layers (<see cref="PolicyLayerKind"/>).</summary>
[GenerateSerializer, Immutable, Alias("sipgw.policy.effective")]
public sealed record EffectivePolicy
{
    /// <summary>Default true.</summary>
    [Id(0)] public bool AllowSipDevices { get; init; } = true;

    /// <summary>Default <c>en</c>.</summary>
    [Id(1)] public string Language { get; init; } = "en";

    /// <summary>Default <c>UTC</c>.</summary>
    [Id(2)] public string TimeZone { get; init; } = "UTC";

    /// <summary>Default true.</summary>
    [Id(3)] public bool Use24HourClock { get; init; } = true;

    /// <summary>Default <c>pool.ntp.org</c>.</summary>
    [Id(4)] public string NtpServer { get; init; } = "pool.ntp.org";

    /// <summary>Empty: the phone's own stays.</summary>
    [Id(5)] public string PhoneAdminPassword { get; init; } = "";

    /// <summary>Default 112 and 911.</summary>
    [Id(6)] public ImmutableArray<string> EmergencyNumbers { get; init; } = ["112", "911"];

    /// <summary>In key order.</summary>
    [Id(7)] public ImmutableSortedDictionary<string, string> Settings { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Empty: phones are told nothing about firmware.</summary>
    [Id(8)] public string FirmwareChannel { get; init; } = "";

    /// <summary>The region whose edges the phone is sent to, the tenant's in every layer; empty for none.</summary>
    [Id(9)] public string Region { get; init; } = "";

    /// <summary>Empty: phones are told nothing about tones.</summary>
    [Id(10)] public string ToneCountry { get; init; } = "";

    /// <summary>No secret.</summary>
    public override string ToString() => $"EffectivePolicy {Language} {TimeZone}";
}

/// <summary>The layers of policy from the widest to the narrowest; a value comes from the last that has it.</summary>
[GenerateSerializer, Alias("sipgw.policy.layer")]
public enum PolicyLayerKind
{
    /// <summary>The operator's, for all tenants.</summary>
    Gateway,

    /// <summary>The tenant's policy <c>default</c>.</summary>
    Tenant,

    /// <summary>The policy of the device's site.</summary>
    Site,

    /// <summary>The policy that names the device's model.</summary>
    Model,

    /// <summary>The policy of the user who is signed in.</summary>
    User,

    /// <summary>The policy that an admin gave this very device.</summary>
    Device,
}

/// <summary>One value that a device has, and where it is from.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.policy.value")]
public sealed record EffectiveValue
{
    /// <summary>The field as the API spells it, such as <c>time_zone</c>; a vendor's own key as <c>settings.KEY</c>.</summary>
    [Id(0)] public required string Key { get; init; }

    /// <summary>As text; <see cref="SecretValues.Mask"/> for a secret that is set.</summary>
    [Id(1)] public required string Value { get; init; }

    /// <summary>The layer it is from.</summary>
    [Id(2)] public required PolicyLayerKind Layer { get; init; }

    /// <summary>The policy in that layer; empty for the operator's and for what nobody set.</summary>
    [Id(3)] public string PolicyId { get; init; } = "";
}

public partial interface IDeviceGrain
{
    /// <summary>Every value that this device's files are made of, in the order of keys; null when the tenant has no such device.</summary>
    [Alias("getEffectiveValues")]
    Task<ImmutableArray<EffectiveValue>?> GetEffectiveValues(string tenant);

    /// <summary>"Sync now": NOTIFY, fetch, hash recorded; the operation ends when the fetch was seen.</summary>
    [Alias("resync")]
    Task<CommandOutcome> Resync(AdminContext context);
}
