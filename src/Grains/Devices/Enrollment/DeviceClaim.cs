using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace SipGateway.Grains.Devices;

/// <summary>A tenant's claim of this MAC, with its code.</summary>
internal sealed record DeviceClaim
{
    public required string Tenant { get; init; }

    public string Location { get; init; } = "";

    public string Site { get; init; } = "";

    /// <summary>As <see cref="TagRules"/> leaves them; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<string>? Tags { get; init; }

    public required DateTimeOffset CreatedAtUtc { get; init; }

    /// <summary>The code that waits to be dialled, or was redeemed last; null for none yet.</summary>
    public StoredCode? Code { get; init; }

    /// <summary>Written by releases before the tenant answered for right codes, too; nothing looks at it.</summary>
    public DateTimeOffset? TryLaterUntilUtc { get; init; }
}

/// <summary>A code by what it is derived from; its digits are never stored.</summary>
internal sealed record StoredCode
{
    public required long Counter { get; init; }

    public required byte KeyId { get; init; }

    public required int Digits { get; init; }

    public required DateTimeOffset ExpiresAtUtc { get; init; }

    public int WrongCodes { get; init; }

    public DateTimeOffset? RedeemedAtUtc { get; init; }

    /// <summary>Which candidate redeemed it; empty: the device itself, or not redeemed.</summary>
    public string RedeemedBy { get; init; } = "";
}

/// <summary>A call to a feature code and its answer: the same call asks once.</summary>
internal sealed record AnsweredDial
{
    public required string CallId { get; init; }

    public required string Credential { get; init; }

    public required bool IsConfirmed { get; init; }

    public string Reason { get; init; } = "";
}
