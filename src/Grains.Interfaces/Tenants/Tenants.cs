using System.Collections.Immutable;

namespace SipGateway.Grains.Interfaces;

/// <summary>Who may sign in on a phone that nobody claimed.</summary>
[GenerateSerializer, Alias("sipgw.tenant.personal")]
public enum PersonalSignIn
{
    /// <summary>Nobody.</summary>
    Off,

    /// <summary>Users of phones with a certificate or in a trusted range; the default.</summary>
    Trusted,

    /// <summary>Any.</summary>
    Any,
}

/// <summary>Where a tenant's users sign in.</summary>
[GenerateSerializer, Alias("sipgw.tenant.authority")]
public enum SignInAuthorityKind
{
    /// <summary>The embedded directory.</summary>
    Embedded,

    /// <summary>Microsoft Entra.</summary>
    Entra,
}

/// <summary>What becomes of a phone whose model or firmware is not known to work.</summary>
[GenerateSerializer, Alias("sipgw.tenant.compatibility")]
public enum CompatibilityGate
{
    /// <summary>It is served like any other; the default.</summary>
    Allow,

    /// <summary>It is served, and the timeline and the diagnosis say so.</summary>
    Warn,

    /// <summary>It is neither enrolled nor signed in.</summary>
    Refuse,
}

/// <summary>What a tenant chose.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.tenant.settings")]
public sealed record TenantSettings
{
    /// <summary>Digits of a code, 6 to 9. Default 6.</summary>
    [Id(0)] public int CodeDigits { get; init; } = 6;

    /// <summary>How long a code is good. Default 24 hours.</summary>
    [Id(1)] public TimeSpan CodeLifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Signed-in phones not heard of for so long are off-boarded. Default 30 days.</summary>
    [Id(2)] public TimeSpan StaleSignedIn { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Others. Default 14 days.</summary>
    [Id(3)] public TimeSpan StaleSignedOut { get; init; } = TimeSpan.FromDays(14);

    /// <summary>Sign-in without a claim. Default trusted.</summary>
    [Id(4)] public PersonalSignIn PersonalSignIn { get; init; } = PersonalSignIn.Trusted;

    /// <summary>CIDR ranges whose phones are of trust <c>NETWORK</c>.</summary>
    [Id(5)] public ImmutableArray<string> TrustedRanges { get; init; } = [];

    /// <summary>Where users sign in. Default embedded.</summary>
    [Id(6)] public SignInAuthorityKind Authority { get; init; }

    /// <summary>Entra tenant id; empty unless the authority is Entra.</summary>
    [Id(7)] public string EntraTenantId { get; init; } = "";

    /// <summary>Entra client (application) id.</summary>
    [Id(8)] public string EntraClientId { get; init; } = "";

    /// <summary>Phones that are unlisted or run too old a firmware. Default allow.</summary>
    [Id(9)] public CompatibilityGate CompatibilityGate { get; init; }

    /// <summary>The region whose edges its phones are sent to; empty for none. Default none.</summary>
    [Id(10)] public string Region { get; init; } = "";
}

/// <summary>A named policy.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.tenant.policy")]
public sealed record NamedPolicy
{
    /// <summary>Unique in the tenant; <c>default</c> is the tenant's own layer.</summary>
    [Id(0)] public required string PolicyId { get; init; }

    /// <summary>For people.</summary>
    [Id(1)] public string DisplayName { get; init; } = "";

    /// <summary>The values.</summary>
    [Id(2)] public PhonePolicy Policy { get; init; } = new();

    /// <summary>The models whose phones it is for, such as <c>yealink/T46S</c> or <c>yealink/*</c>; a model is in one policy at most.</summary>
    [Id(3)] public ImmutableArray<string> Models { get; init; } = [];
}

/// <summary>What a policy was.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.tenant.revision")]
public sealed record PolicyRevision
{
    /// <summary>Rises by one with each change of this policy.</summary>
    [Id(0)] public required long Revision { get; init; }

    /// <summary>When it became so.</summary>
    [Id(1)] public required DateTimeOffset AtUtc { get; init; }

    /// <summary>Who made it so.</summary>
    [Id(2)] public required string Actor { get; init; }

    /// <summary>The policy then.</summary>
    [Id(3)] public required NamedPolicy Policy { get; init; }
}

/// <summary>One value that would change.</summary>
/// <param name="Key">As in <see cref="EffectiveValue.Key"/>, or <c>display_name</c> and <c>models</c>.</param>
/// <param name="Before">Null: not set.</param>
/// <param name="After">Null: not set any more.</param>
[GenerateSerializer, Immutable, Alias("sipgw.tenant.policy-change")]
public sealed record PolicyChange([property: Id(0)] string Key, [property: Id(1)] string? Before, [property: Id(2)] string? After);

/// <summary>What saving a policy would do.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.tenant.policy-preview")]
public sealed record PolicyPreview
{
    /// <summary>How saving it would end.</summary>
    [Id(0)] public required CommandOutcome Outcome { get; init; }

    /// <summary>What would change; secrets masked.</summary>
    [Id(1)] public ImmutableArray<PolicyChange> Changes { get; init; } = [];

    /// <summary>What may be a mistake, each a sentence.</summary>
    [Id(2)] public ImmutableArray<string> Warnings { get; init; } = [];
}

/// <summary>A place.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.tenant.site")]
public sealed record Site
{
    /// <summary>Unique in the tenant.</summary>
    [Id(0)] public required string SiteId { get; init; }

    /// <summary>For people.</summary>
    [Id(1)] public string DisplayName { get; init; } = "";

    /// <summary>The policy of its phones; empty for none.</summary>
    [Id(2)] public string PolicyId { get; init; } = "";
}

/// <summary>A tenant as a whole, at one version.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.tenant.snapshot")]
public sealed record TenantSnapshot
{
    /// <summary>Its name.</summary>
    [Id(0)] public required string Tenant { get; init; }

    /// <summary>Whether it exists.</summary>
    [Id(1)] public required bool Exists { get; init; }

    /// <summary>Rises with every change.</summary>
    [Id(2)] public long Version { get; init; }

    /// <summary>Its choices.</summary>
    [Id(3)] public TenantSettings Settings { get; init; } = new();

    /// <summary>By policy id.</summary>
    [Id(4)] public ImmutableSortedDictionary<string, NamedPolicy> Policies { get; init; } = ImmutableSortedDictionary<string, NamedPolicy>.Empty;

    /// <summary>By site id.</summary>
    [Id(5)] public ImmutableSortedDictionary<string, Site> Sites { get; init; } = ImmutableSortedDictionary<string, Site>.Empty;

    /// <summary>The policy for a model, by <c>vendor/MODEL</c> or <c>vendor/*</c>.</summary>
    [Id(6)] public ImmutableSortedDictionary<string, string> ModelPolicies { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>The name under which a tenant's own layer of policy is kept.</summary>
public static class PolicyIds
{
    /// <summary>The tenant's own layer.</summary>
    public const string Default = "default";
}

/// <summary>One tenant; key: its name. Written through; read from caches by version.</summary>
[Alias("sipgw.tenant")]
public interface ITenantGrain : IGrainWithStringKey
{
    /// <summary>The tenant as it is.</summary>
    [Alias("getSnapshot")]
    Task<TenantSnapshot> GetSnapshot();

    /// <summary>Makes the tenant when it is not there; harmless when it is.</summary>
    [Alias("ensure")]
    Task<TenantSnapshot> Ensure(AdminContext context);

    /// <summary>Replaces the settings.</summary>
    [Alias("setSettings")]
    Task<CommandOutcome> SetSettings(AdminContext context, TenantSettings settings);

    /// <summary>Makes or replaces a policy; published to all phones of the tenant.</summary>
    [Alias("putPolicy")]
    Task<CommandOutcome> PutPolicy(AdminContext context, NamedPolicy policy, bool mustBeNew);

    /// <summary>What <see cref="PutPolicy"/> would do; nothing is written.</summary>
    [Alias("previewPolicy")]
    Task<PolicyPreview> PreviewPolicy(AdminContext context, NamedPolicy policy);

    /// <summary>What a policy was, newest first; the newest is what it is. Empty when there is no such policy.</summary>
    [Alias("listRevisions")]
    Task<ImmutableArray<PolicyRevision>> ListRevisions(string policyId);

    /// <summary>Makes a policy what it was; a change like any other, with a revision of its own.</summary>
    [Alias("rollbackPolicy")]
    Task<CommandOutcome> RollbackPolicy(AdminContext context, string policyId, long revision);

    /// <summary>Deletes a policy that no site uses.</summary>
    [Alias("deletePolicy")]
    Task<CommandOutcome> DeletePolicy(AdminContext context, string policyId);

    /// <summary>Makes or replaces a site.</summary>
    [Alias("putSite")]
    Task<CommandOutcome> PutSite(AdminContext context, Site site, bool mustBeNew);

    /// <summary>Deletes a site.</summary>
    [Alias("deleteSite")]
    Task<CommandOutcome> DeleteSite(AdminContext context, string siteId);

    /// <summary>A wrong code was dialled on a claimed phone; false when the tenant's hourly allowance is used up. Asked by silos of the release
    /// before <see cref="TryCode"/>.</summary>
    [Alias("noteWrongCode")]
    Task<bool> NoteWrongCode();

    /// <summary>
    /// A code was dialled on a claimed phone. False: the hour's allowance of wrong ones, the tenant's or that network's, was used up before, and
    /// no code counts, a right one neither. Else a wrong one is counted.
    /// </summary>
    /// <param name="network">Where it was dialled.</param>
    /// <param name="isRight">It is the tenant's code for the phone.</param>
    [Alias("tryCode")]
    Task<bool> TryCode(string network, bool isRight);
}
