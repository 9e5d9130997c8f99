namespace SipGateway.Grains.Interfaces;

/// <summary>Who asks, for which tenant, and the key by which a repeated request is recognised.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.admin.context")]
public sealed record AdminContext
{
    /// <summary>The tenant the caller acts for.</summary>
    [Id(0)] public required string Tenant { get; init; }

    /// <summary>For the audit row: <c>admin-key:ID</c>, <c>oidc:SUBJECT</c>, <c>user:ID</c>.</summary>
    [Id(1)] public required string Actor { get; init; }

    /// <summary>The request id (AIP-155); the same id asks for the same thing once. Never empty: the API makes one when the caller has none.</summary>
    [Id(2)] public required string CommandId { get; init; }

    /// <summary>Only say what would happen; nothing is written (AIP-163).</summary>
    [Id(3)] public bool ValidateOnly { get; init; }

    /// <summary>The version the caller saw (etag); null: any.</summary>
    [Id(4)] public long? ExpectedVersion { get; init; }
}

/// <summary>How a command ended, for every admin command alike.</summary>
[GenerateSerializer, Alias("sipgw.command.status")]
public enum CommandStatus
{
    /// <summary>Done, and on disk.</summary>
    Done,

    /// <summary>There is no such thing for this tenant.</summary>
    NotFound,

    /// <summary>It is there already.</summary>
    AlreadyExists,

    /// <summary>Not possible in the present state; the message says what to do first.</summary>
    FailedPrecondition,

    /// <summary>A value is wrong; the message says which.</summary>
    InvalidArgument,

    /// <summary>The caller's version is not the present one.</summary>
    Conflict,

    /// <summary>Too many; try later.</summary>
    ResourceExhausted,
}

/// <summary>The end of an admin command.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.command.outcome")]
public sealed record CommandOutcome
{
    /// <summary>How it ended.</summary>
    [Id(0)] public required CommandStatus Status { get; init; }

    /// <summary>For a person: what happened, what it means, what to do next. Empty when done.</summary>
    [Id(1)] public string Message { get; init; } = "";

    /// <summary>The operation that goes on after the reply; empty when there is none.</summary>
    [Id(2)] public string OperationId { get; init; } = "";

    /// <summary>A machine-readable reason in UPPER_SNAKE_CASE for error details; empty when done.</summary>
    [Id(3)] public string Reason { get; init; } = "";

    /// <summary>The device as it is after the command; null when the command was not about one or it is gone.</summary>
    [Id(4)] public DeviceView? Device { get; init; }

    /// <summary>Done, with nothing more to say.</summary>
    public static readonly CommandOutcome Done = new() { Status = CommandStatus.Done };
}
