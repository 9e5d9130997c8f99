using System.Collections.Immutable;

namespace SipGateway.Storage;

/// <summary>One device as one tenant sees it: the narrow row that lists are made of.</summary>
public sealed record DeviceRow
{
    /// <summary>The tenant that claims or holds the device.</summary>
    public required string Tenant { get; init; }

    /// <summary>12 lower-case hex digits; <c>MAC-NNN</c> for a line beside the first.</summary>
    public required string Mac { get; init; }

    /// <summary>Name of the state as the API shows it, such as <c>WAITING_ON_ACTIVATION</c>.</summary>
    public required string State { get; init; }

    /// <summary>Name of the trust level, such as <c>CLAIMED</c>.</summary>
    public required string TrustLevel { get; init; }

    /// <summary>Where the claim says the phone is.</summary>
    public string Location { get; init; } = "";

    /// <summary>Vendor's name, such as <c>yealink</c>; empty while never seen.</summary>
    public string Vendor { get; init; } = "";

    /// <summary>Model, such as <c>T46S</c>.</summary>
    public string Model { get; init; } = "";

    /// <summary>Firmware version.</summary>
    public string Firmware { get; init; } = "";

    /// <summary>The signed-in user, as <c>userId</c>; empty while none.</summary>
    public string UserId { get; init; } = "";

    /// <summary>The site whose policy applies; empty for none.</summary>
    public string Site { get; init; } = "";

    /// <summary>When the claim was made.</summary>
    public required DateTimeOffset CreatedAtUtc { get; init; }

    /// <summary>The version of the device's state, which is its etag.</summary>
    public long Version { get; init; }

    /// <summary>When the newest binding ends; null while there is none. Never written: it comes from contacts on reading. Online means later
    /// than now.</summary>
    public DateTimeOffset? BindingExpiresAtUtc { get; init; }

    /// <summary>When the device was last heard of; null for never, and for a tenant that may not know: contacts are overlaid only on rows
    /// whose grain wrote a time here, so a mere claim shows nothing of the device.</summary>
    public DateTimeOffset? LastSeenAtUtc { get; init; }

    /// <summary>Where it last came from: an IP address and port.</summary>
    public string Source { get; init; } = "";

    /// <summary>Names of the reasons for which a person must look at it, with a space between; empty for none.</summary>
    public string Attention { get; init; } = "";

    /// <summary>Between two <see cref="Tags"/>; none has it in it.</summary>
    public const char TagMark = ',';

    /// <summary>The tenant's own words for it, in lower case, with a comma between; empty for none.</summary>
    public string Tags { get; init; } = "";
}

/// <summary>One user as lists show it.</summary>
public sealed record UserRow
{
    /// <summary>The user's tenant.</summary>
    public required string Tenant { get; init; }

    /// <summary>Unique in the tenant.</summary>
    public required string UserId { get; init; }

    /// <summary>The name on the phone's screen.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>E.164 with <c>+</c>; empty for none.</summary>
    public string PhoneNumber { get; init; } = "";

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAtUtc { get; init; }
}

/// <summary>One long-running operation.</summary>
public sealed record OperationRow
{
    /// <summary>Its tenant.</summary>
    public required string Tenant { get; init; }

    /// <summary>Its id, unique in the tenant.</summary>
    public required string Id { get; init; }

    /// <summary>What it does: <c>restart</c>, <c>resync</c>, <c>signOut</c>, <c>delete</c>, <c>import</c>, …</summary>
    public required string Kind { get; init; }

    /// <summary>The grain that owns it: <c>device/001565aabbcc</c> or <c>operation/ID</c>.</summary>
    public required string Owner { get; init; }

    /// <summary><c>RUNNING</c>, <c>SUCCEEDED</c>, <c>FAILED</c>, <c>UNPROVEN</c> or <c>CANCELLED</c>.</summary>
    public required string Status { get; init; }

    /// <summary>What happened, for a person; empty while running.</summary>
    public string Message { get; init; } = "";

    /// <summary>A result per item, as JSON: <c>[{"item","status","message"}]</c>; empty when there is one item only.</summary>
    public string ResultsJson { get; init; } = "";

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAtUtc { get; init; }

    /// <summary>When it ended; null while running.</summary>
    public DateTimeOffset? EndedAtUtc { get; init; }
}

/// <summary>One page and the key to the next.</summary>
/// <param name="Items">In the order asked for.</param>
/// <param name="NextKey">Opaque; null on the last page.</param>
/// <param name="Total">How many match over all pages; null when counting was not asked for.</param>
public sealed record Page<T>(ImmutableArray<T> Items, string? NextKey, long? Total = null);
