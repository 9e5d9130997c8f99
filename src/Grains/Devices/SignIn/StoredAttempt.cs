using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Devices;

/// <summary>The sign-in under way, or the last one.</summary>
internal sealed record StoredAttempt
{
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    public required SignInProgress Progress { get; init; }

    public required DateTimeOffset StartedAtUtc { get; init; }

    public required DateTimeOffset DeadlineUtc { get; init; }

    /// <summary>The candidate whose screen asked; empty for the phone in the seat.</summary>
    public string CandidateId { get; init; } = "";

    public string Source { get; init; } = "";

    public string VerificationUri { get; init; } = "";

    public string VerificationUriComplete { get; init; } = "";

    public string UserCode { get; init; } = "";

    public DateTimeOffset? CodeExpiresAtUtc { get; init; }

    public string ResumeHandle { get; init; } = "";

    public string Message { get; init; } = "";

    public DateTimeOffset NextEnsureAtUtc { get; init; }

    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsUnderWay => Progress is SignInProgress.Preparing or SignInProgress.Pending;
}
