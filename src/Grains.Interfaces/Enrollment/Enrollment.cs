using System.Collections.Immutable;

namespace SipGateway.Grains.Interfaces;

/// <summary>An admin says that this MAC is to be the tenant's.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.enrollment.claim")]
public sealed record ClaimCommand
{
    /// <summary>Who asks.</summary>
    [Id(0)] public required AdminContext Context { get; init; }

    /// <summary>Where the phone is or will be; free text, at most 200 characters.</summary>
    [Id(1)] public string Location { get; init; } = "";

    /// <summary>The site whose policy applies; empty for none.</summary>
    [Id(2)] public string Site { get; init; } = "";

    /// <summary>Words of the tenant's own, as an admin typed them; default or empty for none.</summary>
    [Id(3)] public ImmutableArray<string> Tags { get; init; } = [];
}

/// <summary>An admin changes what the tenant says of the device; null leaves a value as it is.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.enrollment.update")]
public sealed record UpdateDeviceCommand
{
    /// <summary>Who asks.</summary>
    [Id(0)] public required AdminContext Context { get; init; }

    /// <summary>Free text, at most 200 characters.</summary>
    [Id(1)] public string? Location { get; init; }

    /// <summary>A site's id; empty for none.</summary>
    [Id(2)] public string? Site { get; init; }

    /// <summary>The id of a policy for this very device; empty for none.</summary>
    [Id(3)] public string? Policy { get; init; }

    /// <summary>What the tags are from now on, as an admin typed them.</summary>
    [Id(4)] public ImmutableArray<string>? Tags { get; init; }

    /// <summary>Tags that it has from now on, beside those it has; default or empty for none.</summary>
    [Id(5)] public ImmutableArray<string> AddTags { get; init; } = [];

    /// <summary>Tags that it has no more; default or empty for none. One that it does not have is no error.</summary>
    [Id(6)] public ImmutableArray<string> RemoveTags { get; init; } = [];
}

/// <summary>The code, shown once more on each call while it is good.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.enrollment.code")]
public sealed record GenerateCodeOutcome
{
    /// <summary>How it ended.</summary>
    [Id(0)] public required CommandOutcome Outcome { get; init; }

    /// <summary>Digits; empty unless done.</summary>
    [Id(1)] public string Code { get; init; } = "";

    /// <summary>When it ends.</summary>
    [Id(2)] public DateTimeOffset? ExpiresAtUtc { get; init; }

    /// <summary>Never the code.</summary>
    public override string ToString() => $"GenerateCodeOutcome {Outcome.Status}";
}

/// <summary>What was dialled.</summary>
[GenerateSerializer, Alias("sipgw.enrollment.feature")]
public enum FeatureKind
{
    /// <summary><c>*55*CODE</c></summary>
    Enroll,

    /// <summary><c>*30*</c></summary>
    DoNotDisturbOn,

    /// <summary><c>*31*</c></summary>
    DoNotDisturbOff,

    /// <summary><c>*32*</c></summary>
    ResetForwarding,

    /// <summary><c>*33*NUMBER</c></summary>
    Forward,

    /// <summary><c>*34*NUMBER</c></summary>
    ForwardOnTimeout,

    /// <summary><c>*35*NUMBER</c></summary>
    SimultaneousRing,

    /// <summary><c>*99*</c></summary>
    Voicemail,
}

/// <summary>A feature code dialled by a phone whose digest the edge (candidates) or this grain (devices) verifies.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.enrollment.dial")]
public sealed record DialFeatureCodeCommand
{
    /// <summary>Who dials.</summary>
    [Id(0)] public required SipCaller Caller { get; init; }

    /// <summary>Which code.</summary>
    [Id(1)] public required FeatureKind Feature { get; init; }

    /// <summary>Digits after it; empty for none.</summary>
    [Id(2)] public string Argument { get; init; } = "";

    /// <summary>The call's Call-ID: the same call asks once.</summary>
    [Id(3)] public required string CallId { get; init; }

    /// <summary>The flow it came on.</summary>
    [Id(4)] public required FlowFacts Flow { get; init; }

    /// <summary>What the SIP User-Agent says the phone is; null when it says nothing that is known.</summary>
    [Id(5)] public PhoneIdentity? Phone { get; init; }
}

/// <summary>How a dialled code ended.</summary>
[GenerateSerializer, Alias("sipgw.enrollment.dialstatus")]
public enum DialStatus
{
    /// <summary>Right: confirm audibly.</summary>
    Confirmed,

    /// <summary>Wrong, expired, foreign or locked: 403 with the reason.</summary>
    Refused,

    /// <summary>The digest is wrong: 401.</summary>
    WrongDigest,

    /// <summary>The nonce was used up: 401 with stale=true.</summary>
    StaleNonce,
}

/// <summary>The end of a dialled code.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.enrollment.dialed")]
public sealed record DialFeatureCodeOutcome
{
    /// <summary>How.</summary>
    [Id(0)] public required DialStatus Status { get; init; }

    /// <summary>At most 32 ASCII characters for the phone's screen; empty when confirmed.</summary>
    [Id(1)] public string Reason { get; init; } = "";
}

public partial interface IDeviceGrain
{
    /// <summary>Claims the device for a tenant, before or after it was first seen.</summary>
    [Alias("claim")]
    Task<CommandOutcome> Claim(ClaimCommand command);

    /// <summary>Changes location, site or policy of this tenant's device.</summary>
    [Alias("update")]
    Task<CommandOutcome> Update(UpdateDeviceCommand command);

    /// <summary>Makes a one-time code for this tenant's claim; an unused earlier one ends.</summary>
    [Alias("generateCode")]
    Task<GenerateCodeOutcome> GenerateCode(AdminContext context);

    /// <summary>A feature code was dialled.</summary>
    [CalledByEdges, Alias("dial")]
    Task<DialFeatureCodeOutcome> DialFeatureCode(DialFeatureCodeCommand command);
}
