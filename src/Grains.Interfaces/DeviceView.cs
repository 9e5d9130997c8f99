using System.Collections.Immutable;

namespace SipGateway.Grains.Interfaces;

/// <summary>Where a device stands in its life (DESIGN: output only).</summary>
[GenerateSerializer, Alias("sipgw.device.lifestate")]
public enum DeviceLifeState
{
    /// <summary>Was seen and got its bootstrap; no tenant has it.</summary>
    Onboarded,

    /// <summary>Claimed by a tenant; the code has not been dialled.</summary>
    WaitingOnActivation,

    /// <summary>Enrolled; nobody is signed in.</summary>
    WaitingForSignIn,

    /// <summary>A user is signed in.</summary>
    SignedIn,

    /// <summary>Was let go because it was not heard of for long; may come back.</summary>
    Offboarded,
}

/// <summary>How sure we are that the phone is what it says.</summary>
[GenerateSerializer, Alias("sipgw.device.trust")]
public enum TrustLevel
{
    /// <summary>Only says its MAC.</summary>
    Claimed,

    /// <summary>Came from a trusted range.</summary>
    Network,

    /// <summary>Came back over TLS with its own URL.</summary>
    Token,

    /// <summary>Showed a factory certificate bound to this MAC.</summary>
    Certificate,
}

/// <summary>How a phone's model and firmware stand to the compatibility table.</summary>
[GenerateSerializer, Alias("sipgw.device.compatibility")]
public enum DeviceCompatibility
{
    /// <summary>The phone has not said which model it is.</summary>
    Unknown,

    /// <summary>The model is not in the table.</summary>
    Unlisted,

    /// <summary>The firmware is older than the model's minimum, or cannot be read.</summary>
    BelowMinimum,

    /// <summary>At least the minimum, and older than what was approved.</summary>
    Supported,

    /// <summary>The approved firmware, or a later one.</summary>
    Approved,
}

/// <summary>One registered contact of a device.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.device.bindingview")]
public sealed record BindingView
{
    /// <summary>The Contact URI exactly as registered.</summary>
    [Id(0)] public required string ContactUri { get; init; }

    /// <summary>The edge that holds the flow.</summary>
    [Id(1)] public required string EdgeId { get; init; }

    /// <summary><c>udp</c>, <c>tcp</c> or <c>tls</c>.</summary>
    [Id(2)] public required string Transport { get; init; }

    /// <summary>Where the packets come from: address and port.</summary>
    [Id(3)] public required string Source { get; init; }

    /// <summary>When it ends.</summary>
    [Id(4)] public required DateTimeOffset ExpiresAtUtc { get; init; }

    /// <summary>When it was last refreshed.</summary>
    [Id(5)] public required DateTimeOffset LastSeenAtUtc { get; init; }

    /// <summary>The SIP User-Agent of the last REGISTER.</summary>
    [Id(6)] public string UserAgent { get; init; } = "";

    /// <summary>Registered with a retired credential: emergency only.</summary>
    [Id(7)] public bool Restricted { get; init; }
}

/// <summary>Everything about one device that one tenant may see.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.device.view")]
public sealed record DeviceView
{
    /// <summary>12 lower-case hex digits.</summary>
    [Id(0)] public required string Mac { get; init; }

    /// <summary>The tenant that looks.</summary>
    [Id(1)] public required string Tenant { get; init; }

    /// <summary>Where it stands.</summary>
    [Id(2)] public required DeviceLifeState State { get; init; }

    /// <summary>How sure we are.</summary>
    [Id(3)] public required TrustLevel Trust { get; init; }

    /// <summary>From the claim.</summary>
    [Id(4)] public string Location { get; init; } = "";

    /// <summary>Vendor; empty while never seen, or while another tenant holds it.</summary>
    [Id(5)] public string Vendor { get; init; } = "";

    /// <summary>Model.</summary>
    [Id(6)] public string Model { get; init; } = "";

    /// <summary>Firmware.</summary>
    [Id(7)] public string Firmware { get; init; } = "";

    /// <summary>The signed-in user; empty for none.</summary>
    [Id(8)] public string UserId { get; init; } = "";

    /// <summary>The user's name.</summary>
    [Id(9)] public string DisplayName { get; init; } = "";

    /// <summary>The user's number.</summary>
    [Id(10)] public string PhoneNumber { get; init; } = "";

    /// <summary>The site.</summary>
    [Id(11)] public string Site { get; init; } = "";

    /// <summary>When claimed.</summary>
    [Id(12)] public required DateTimeOffset CreatedAtUtc { get; init; }

    /// <summary>When last heard of; null for never.</summary>
    [Id(13)] public DateTimeOffset? LastSeenAtUtc { get; init; }

    /// <summary>State version, the etag.</summary>
    [Id(14)] public long Version { get; init; }

    /// <summary>Present bindings.</summary>
    [Id(15)] public ImmutableArray<BindingView> Bindings { get; init; } = [];

    /// <summary>When the code that is waiting to be dialled ends; null for none.</summary>
    [Id(16)] public DateTimeOffset? CodeExpiresAtUtc { get; init; }

    /// <summary>Hash of the configuration the device should have.</summary>
    [Id(17)] public string ConfigHash { get; init; } = "";

    /// <summary>Hash of the configuration it fetched last; equal when it is up to date.</summary>
    [Id(18)] public string AppliedConfigHash { get; init; } = "";

    /// <summary>When it fetched that.</summary>
    [Id(19)] public DateTimeOffset? AppliedAtUtc { get; init; }

    /// <summary>Alerts for the admin, such as a second claimant of the candidate; each one sentence.</summary>
    [Id(20)] public ImmutableArray<string> Alerts { get; init; } = [];

    /// <summary>The policy that an admin gave this very device; empty for none.</summary>
    [Id(21)] public string Policy { get; init; } = "";

    /// <summary>How model and firmware stand to the compatibility table; unknown while the tenant may not see the phone.</summary>
    [Id(22)] public DeviceCompatibility Compatibility { get; init; }

    /// <summary>Why a person must look at it; empty for nothing.</summary>
    [Id(23)] public ImmutableArray<AttentionReason> Attention { get; init; } = [];

    /// <summary>The tenant's own words for it, in order; none from a silo of the release before.</summary>
    [Id(24)] public ImmutableArray<string> Tags { get; init; } = [];
}
