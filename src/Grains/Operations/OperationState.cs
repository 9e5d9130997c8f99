using System.Collections.Immutable;
using SipGateway.Grains.Interfaces;
using SipGateway.Storage;

namespace SipGateway.Grains;

/// <summary>What is stored of a bulk operation.</summary>
internal sealed class OperationState : StoredState
{
    /// <inheritdoc/>
    public override int SchemaVersion => 1;

    /// <summary>The command that started it; empty: not started.</summary>
    public string CommandId { get; set; } = "";

    public string Tenant { get; set; } = "";

    public string Actor { get; set; } = "";

    public BulkKind Kind { get; set; }

    public OperationStatus Status { get; set; }

    public string Message { get; set; } = "";

    public DateTimeOffset? CreatedAtUtc { get; set; }

    public DateTimeOffset? EndedAtUtc { get; set; }

    public ImmutableArray<StoredItem> Items { get; set; } = [];

    public OperationState Copy() => (OperationState)MemberwiseClone();
}

/// <summary>How an operation stands.</summary>
internal enum OperationStatus
{
    Running,
    Succeeded,
    Failed,
    Cancelled,
}

/// <summary>How an item stands.</summary>
internal enum ItemStatus
{
    /// <summary>Not begun.</summary>
    Pending,

    /// <summary>The device took it; an operation of the device's own goes on.</summary>
    Running,

    /// <summary>Done, and proved where there is something to prove.</summary>
    Succeeded,

    /// <summary>Refused, or it failed.</summary>
    Failed,

    /// <summary>Sent, but nothing proves that the phone did it.</summary>
    Unproven,

    /// <summary>Not begun when the operation was cancelled.</summary>
    Cancelled,
}

/// <summary>One item. A verification code is never part of it: it is derived again when the results are read.</summary>
internal sealed record StoredItem
{
    public int Row { get; init; }

    /// <summary>12 lower-case hex digits; as given when it is no MAC.</summary>
    public required string Mac { get; init; }

    public string Detail { get; init; } = "";

    public ItemStatus Status { get; init; }

    public string Message { get; init; } = "";

    /// <summary>How often its device could not be reached.</summary>
    public int Misses { get; init; }

    /// <summary>The device's own operation while this item is running.</summary>
    public string OperationId { get; init; } = "";
}
