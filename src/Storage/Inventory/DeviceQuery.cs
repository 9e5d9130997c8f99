using System.Collections.Immutable;

namespace SipGateway.Storage;

/// <summary>Which devices, in which order.</summary>
public sealed record DeviceQuery
{
    /// <summary>Whose devices.</summary>
    public required string Tenant { get; init; }

    /// <summary>All of these must hold.</summary>
    public ImmutableArray<DeviceFilterTerm> Filter { get; init; } = [];

    /// <summary>The start of a MAC (digits only), user or location, any of them; case-insensitive; null looks for nothing.</summary>
    public string? Search { get; init; }

    /// <summary>The column to order by; ties are broken by MAC.</summary>
    public DeviceField OrderBy { get; init; } = DeviceField.Mac;

    /// <summary>Highest first.</summary>
    public bool Descending { get; init; }

    /// <summary>1 to 1000.</summary>
    public int PageSize { get; init; } = 50;

    /// <summary>From the page before; null for the first.</summary>
    public string? PageKey { get; init; }

    /// <summary>Whether to count over all pages, which costs a scan.</summary>
    public bool CountTotal { get; init; }

    /// <summary>Whether it leaves nothing out.</summary>
    internal bool IsWhole => Filter.IsEmpty && string.IsNullOrEmpty(Search);

    /// <summary>The time at which online or offline is judged.</summary>
    public required DateTimeOffset NowUtc { get; init; }
}

/// <summary>The columns one may filter and order by.</summary>
public enum DeviceField
{
    /// <summary>The MAC; text.</summary>
    Mac,

    /// <summary>The state; text.</summary>
    State,

    /// <summary><c>NEVER_SEEN</c>, <c>ONLINE</c> or <c>OFFLINE</c>, computed at the query's time; filter only.</summary>
    Connection,

    /// <summary>The trust level; text.</summary>
    TrustLevel,

    /// <summary>The location; text.</summary>
    Location,

    /// <summary>The vendor; text.</summary>
    Vendor,

    /// <summary>The model; text.</summary>
    Model,

    /// <summary>The firmware; text.</summary>
    Firmware,

    /// <summary>The signed-in user; text.</summary>
    UserId,

    /// <summary>The site; text.</summary>
    Site,

    /// <summary>When last heard of; a time.</summary>
    LastSeen,

    /// <summary>When claimed; a time.</summary>
    CreateTime,

    /// <summary>Why a person must look at it: equal when the reason is among its reasons, <c>*</c> for any; filter only.</summary>
    Attention,

    /// <summary>The tenant's own words: equal when one is among them, <c>*</c> for any; filter only.</summary>
    Tags,
}

/// <summary>How a column is compared.</summary>
public enum FilterOperator
{
    /// <summary>Equal; case-insensitive for text.</summary>
    Equal,

    /// <summary>Not equal.</summary>
    NotEqual,

    /// <summary>Starts with (AIP-160 <c>:</c> and <c>"abc*"</c>), case-insensitive.</summary>
    StartsWith,

    /// <summary>Earlier or lower.</summary>
    Less,

    /// <summary>Later or higher.</summary>
    Greater,
}

/// <summary>One comparison.</summary>
/// <param name="Field">The column.</param>
/// <param name="Operator">How.</param>
/// <param name="Value">With what; times in RFC 3339.</param>
public sealed record DeviceFilterTerm(DeviceField Field, FilterOperator Operator, string Value);
