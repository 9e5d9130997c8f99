using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Devices;

/// <summary>What an operation does; its inventory row carries the same word in lower camel case.</summary>
internal enum DeviceOperationKind
{
    Restart,
    Resync,
    SignOut,
}

/// <summary>An operation that waits for the phone.</summary>
internal sealed record PendingOperation
{
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    public required DeviceOperationKind Kind { get; init; }

    public required DateTimeOffset CreatedAtUtc { get; init; }

    public required DateTimeOffset DeadlineUtc { get; init; }

    /// <summary>The NOTIFY left at or after this time; null: not yet.</summary>
    public DateTimeOffset? SentAtUtc { get; init; }

    /// <summary>The phone took the NOTIFY.</summary>
    public DateTimeOffset? NotifiedAtUtc { get; init; }

    public string NotifyFailure { get; init; } = "";

    /// <summary>Call-ID and flow of the binding before: the proof has others.</summary>
    public string CallIdBefore { get; init; } = "";

    public string FlowIdBefore { get; init; } = "";

    public DateTimeOffset? RegisteredAtUtc { get; init; }

    public DateTimeOffset? BootedAtUtc { get; init; }
}

/// <summary>A NOTIFY that is owed to the phone; kept until the phone took it, or no longer worth it.</summary>
internal sealed record NotifyIntent
{
    public required string OrderId { get; init; }

    public required NotifyKind Kind { get; init; }

    /// <summary>Empty: whatever this device is reached by.</summary>
    public string Credential { get; init; } = "";

    public string OperationId { get; init; } = "";

    public required DateTimeOffset CreatedAtUtc { get; init; }

    public int Attempts { get; init; }

    /// <summary>When it is sent again unless a report came.</summary>
    public required DateTimeOffset NextAtUtc { get; init; }
}
