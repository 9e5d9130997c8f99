using System.Collections.Immutable;

namespace SipGateway.Grains.Interfaces;

/// <summary>Why a person must look at a device. Only what the device's own state knows: a mere MAC puts nothing there but a conflict.</summary>
[GenerateSerializer, Alias("sipgw.attention.reason")]
public enum AttentionReason
{
    /// <summary>Somebody else's code or sign-in met the phone in service, or its configuration was asked for twice. Ends when an admin resolves it.</summary>
    Conflict,

    /// <summary>The last restart or resync failed or was not proved. Ends when the phone fetches its files, or an admin resolves it.</summary>
    OperationFailed,

    /// <summary>The last sign-in failed or expired. Ends with the next sign-in, or when an admin resolves it.</summary>
    SignInFailed,

    /// <summary>Too many wrong codes were dialled: the code is locked. Ends with a new code.</summary>
    CodeLocked,

    /// <summary>The phone has not fetched its present configuration within the hour. Ends when it does.</summary>
    ConfigNotFetched,

    /// <summary>The phone has its account and does not register with it. Ends when it does.</summary>
    NotRegistering,

    /// <summary>The firmware is older than the oldest that works. Ends when the phone comes with a newer one.</summary>
    FirmwareBelowMinimum,
}

/// <summary>An admin has seen to it.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.attention.resolve")]
public sealed record ResolveAttentionCommand
{
    /// <summary>Who asks.</summary>
    [Id(0)] public required AdminContext Context { get; init; }

    /// <summary>Which reasons; empty for all that an admin can resolve.</summary>
    [Id(1)] public ImmutableArray<AttentionReason> Reasons { get; init; } = [];
}

public partial interface IDeviceGrain
{
    /// <summary>Takes away reasons that are a person's to judge; those that only the phone can end are refused.</summary>
    [Alias("resolveAttention")]
    Task<CommandOutcome> ResolveAttention(ResolveAttentionCommand command);
}
