namespace SipGateway.Storage;

/// <summary>A tenant's fleet at one time; lines beside the first are no devices of their own.</summary>
public sealed record FleetSample
{
    /// <summary>How far apart two of them are.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromMinutes(10);

    /// <summary>Whose fleet.</summary>
    public required string Tenant { get; init; }

    /// <summary>The start of the step in which it was counted.</summary>
    public required DateTimeOffset AtUtc { get; init; }

    /// <summary>All devices.</summary>
    public required long Devices { get; init; }

    /// <summary>Those with a binding that had not ended.</summary>
    public required long Online { get; init; }

    /// <summary>Those with a user.</summary>
    public required long SignedIn { get; init; }

    /// <summary>Those that a person had to look at.</summary>
    public required long Attention { get; init; }

    /// <summary>Users who came to phones in the step before, lines included.</summary>
    public required long SignIns { get; init; }

    /// <summary>Sign-ins that failed in the step before, lines included.</summary>
    public required long FailedSignIns { get; init; }
}

/// <summary>How fleets were.</summary>
public interface IFleetHistoryReader
{
    /// <summary>A tenant's samples since a time, oldest first; none for the time in which no silo ran.</summary>
    Task<IReadOnlyList<FleetSample>> ListAsync(string tenant, DateTimeOffset sinceUtc, CancellationToken cancellation);
}
