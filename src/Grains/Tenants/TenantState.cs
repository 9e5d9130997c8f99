using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SipGateway.Grains.Interfaces;
using SipGateway.Storage;

namespace SipGateway.Grains;

/// <summary>What is stored of a tenant.</summary>
internal sealed class TenantState : StoredState
{
    /// <inheritdoc/>
    public override int SchemaVersion => 1;

    public bool Exists { get; set; }

    /// <summary>Rises with every change that phones or admins can see; counting wrong codes is none.</summary>
    public long Version { get; set; }

    public DateTimeOffset? CreatedAtUtc { get; set; }

    public StoredTenantSettings Settings { get; set; } = new();

    public ImmutableSortedDictionary<string, StoredPolicy> Policies { get; set; } = ImmutableSortedDictionary<string, StoredPolicy>.Empty;

    public ImmutableSortedDictionary<string, StoredSite> Sites { get; set; } = ImmutableSortedDictionary<string, StoredSite>.Empty;

    /// <summary>The policy for a model, by <c>vendor/MODEL</c> or <c>vendor/*</c>; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableSortedDictionary<string, string>? ModelPolicies { get; set; }

    /// <summary>What policies were, the oldest first; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<StoredRevision>? Revisions { get; set; }

    public DateTimeOffset? WrongCodesSinceUtc { get; set; }

    public int WrongCodes { get; set; }

    /// <summary>The same, by network; never more than <see cref="WrongCodes"/> in all. Null: none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableSortedDictionary<string, int>? WrongCodesByNetwork { get; set; }

    /// <summary>Beside the settings, because a release that does not know it keeps what stands here; null: allow.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CompatibilityGate? CompatibilityGate { get; set; }

    /// <summary>Likewise; null: none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Region { get; set; }

    /// <summary>Beside the policies for the same reason, by policy id; null: no policy has one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableSortedDictionary<string, string>? FirmwareChannels { get; set; }

    /// <summary>Likewise: whose tones phones play, by policy id; null: no policy says.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableSortedDictionary<string, string>? ToneCountries { get; set; }

    public ImmutableArray<AnsweredCommand> Answered { get; set; } = [];

    public TenantState Copy() => (TenantState)MemberwiseClone();
}

/// <summary>A tenant's choices on disk.</summary>
internal sealed record StoredTenantSettings
{
    public int CodeDigits { get; init; } = 6;

    public TimeSpan CodeLifetime { get; init; } = TimeSpan.FromHours(24);

    public TimeSpan StaleSignedIn { get; init; } = TimeSpan.FromDays(30);

    public TimeSpan StaleSignedOut { get; init; } = TimeSpan.FromDays(14);

    public PersonalSignIn PersonalSignIn { get; init; } = PersonalSignIn.Trusted;

    public ImmutableArray<string> TrustedRanges { get; init; } = [];

    public SignInAuthorityKind Authority { get; init; }

    public string EntraTenantId { get; init; } = "";

    public string EntraClientId { get; init; } = "";
}

/// <summary>A policy on disk; the phone's admin password is locked under the key ring.</summary>
internal sealed record StoredPolicy
{
    public string DisplayName { get; init; } = "";

    public bool? AllowSipDevices { get; init; }

    public string? Language { get; init; }

    public string? TimeZone { get; init; }

    public bool? Use24HourClock { get; init; }

    public string? NtpServer { get; init; }

    public string? LockedPhoneAdminPassword { get; init; }

    public ImmutableArray<string>? EmergencyNumbers { get; init; }

    public ImmutableSortedDictionary<string, string>? Settings { get; init; }
}

/// <summary>A site on disk.</summary>
internal sealed record StoredSite
{
    public string DisplayName { get; init; } = "";

    public string PolicyId { get; init; } = "";
}

/// <summary>A policy as it became with one change.</summary>
internal sealed record StoredRevision
{
    public required string PolicyId { get; init; }

    public required long Revision { get; init; }

    public required DateTimeOffset AtUtc { get; init; }

    public required string Actor { get; init; }

    public required StoredPolicy Policy { get; init; }

    public ImmutableArray<string> Models { get; init; } = [];

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FirmwareChannel { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ToneCountry { get; init; }
}
