using System.Collections.Immutable;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains;

/// <summary>One device as a value.</summary>
internal sealed record Phone
{
    public long Version { get; init; }

    public string Vendor { get; init; } = "";

    public string Model { get; init; } = "";

    public string Firmware { get; init; } = "";

    public TrustLevel Trust { get; init; }

    public DateTimeOffset? LastSeenAtUtc { get; init; }

    /// <summary>Rises with every credential ever made for this device, also over deletions: a name is never given twice.</summary>
    public uint LastEpoch { get; init; }

    /// <summary>Rises with every code ever made for this device.</summary>
    public long CodeCounter { get; init; }

    public ImmutableArray<Claim> Claims { get; init; } = [];

    public ImmutableArray<CandidateRecord> Candidates { get; init; } = [];

    public Seat? Seat { get; init; }

    public ImmutableArray<RetiredCredential> Retired { get; init; } = [];

    public ImmutableArray<Binding> Bindings { get; init; } = [];

    public ImmutableArray<Push> Pushes { get; init; } = [];

    public ImmutableArray<PendingOperation> Operations { get; init; } = [];

    public SignInRecord? SignIn { get; init; }

    public ImmutableArray<Alert> Alerts { get; init; } = [];

    /// <summary>Until then no code is tried: a tenant's hourly allowance of wrong ones is used up.</summary>
    public DateTimeOffset? CodesPausedUntilUtc { get; init; }

    public ImmutableArray<AnsweredDial> Dialed { get; init; } = [];

    public ImmutableArray<AnsweredCommand> Answered { get; init; } = [];
}

/// <summary>A tenant's claim and its code. The code itself is derived, never stored.</summary>
internal sealed record Claim
{
    public required string Tenant { get; init; }

    public string Location { get; init; } = "";

    public string Site { get; init; } = "";

    public required DateTimeOffset CreatedAtUtc { get; init; }

    /// <summary>0: no code was made yet.</summary>
    public long CodeCounter { get; init; }

    public byte CodeKeyId { get; init; }

    public int CodeDigits { get; init; }

    public DateTimeOffset? CodeExpiresAtUtc { get; init; }

    /// <summary>The candidate that dialled the code; empty while nobody did.</summary>
    public string RedeemedBy { get; init; } = "";

    /// <summary>Wrong codes over all candidates while this code waits; at the limit the code is locked.</summary>
    public int WrongCodes { get; init; }
}

/// <summary>A candidate that registered or dialled.</summary>
internal sealed record CandidateRecord
{
    public required string Id { get; init; }

    public required DateTimeOffset IssuedAtUtc { get; init; }

    public string FirstSource { get; init; } = "";

    public int WrongCodes { get; init; }
}

/// <summary>Who has the device, and with which credentials the phone in service comes.</summary>
internal sealed record Seat
{
    public required string Tenant { get; init; }

    public required uint Epoch { get; init; }

    /// <summary>Under the key ring; see <see cref="DeviceSecrets"/>.</summary>
    public required string LockedSecret { get; init; }

    /// <summary>Under the key ring.</summary>
    public required string LockedConfigToken { get; init; }

    public required string ScreenTokenRandom { get; init; }

    public required DateTimeOffset EnrolledAtUtc { get; init; }

    /// <summary>The phone came back with a credential of this seat: it is proved.</summary>
    public DateTimeOffset? ProvedAtUtc { get; init; }

    /// <summary>Where it was last served; address without port.</summary>
    public string ServedAddress { get; init; } = "";

    public Handout? Handout { get; init; }

    public SeatUser? User { get; init; }

    public string AppliedConfigHash { get; init; } = "";

    public DateTimeOffset? AppliedAtUtc { get; init; }

    /// <summary>The configuration hash a resync was last sent for, so that one change is one NOTIFY.</summary>
    public string AnnouncedConfigHash { get; init; } = "";

    public DateTimeOffset? OffboardedAtUtc { get; init; }
}

/// <summary>The window in which a promoted candidate may fetch what it was promoted to.</summary>
internal sealed record Handout
{
    public required string CandidateId { get; init; }

    /// <summary>The address that proved, without port.</summary>
    public required string Address { get; init; }

    public required DateTimeOffset UntilUtc { get; init; }

    /// <summary>A second claimant came: nobody gets anything any more.</summary>
    public bool IsStopped { get; init; }
}

/// <summary>The signed-in user.</summary>
internal sealed record SeatUser
{
    public required string UserId { get; init; }

    public string DisplayName { get; init; } = "";

    public string PhoneNumber { get; init; } = "";

    public string PolicyId { get; init; } = "";

    public required DateTimeOffset SignedInAtUtc { get; init; }
}

/// <summary>A credential that a phone may still come with: it registers restricted and is told to fetch its successor.</summary>
internal sealed record RetiredCredential
{
    public required uint Epoch { get; init; }

    public required string LockedSecret { get; init; }

    public required DateTimeOffset UntilUtc { get; init; }
}

/// <summary>One registered contact.</summary>
internal sealed record Binding
{
    /// <summary>Whose: <c>c:CANDIDATE</c> or <c>e:EPOCH</c>.</summary>
    public required string Credential { get; init; }

    /// <summary>Stable over refreshes; a moved contact has another.</summary>
    public required string Id { get; init; }

    public required string Uri { get; init; }

    public required string CanonicalUri { get; init; }

    public string Parameters { get; init; } = "";

    public string InstanceId { get; init; } = "";

    public int RegId { get; init; }

    public required FlowFacts Flow { get; init; }

    public string SipUser { get; init; } = "";

    public string UserAgent { get; init; } = "";

    public required string CallId { get; init; }

    public required uint CSeq { get; init; }

    public required DateTimeOffset ExpiresAtUtc { get; init; }

    public required DateTimeOffset LastSeenAtUtc { get; init; }

    public DateTimeOffset ChangedAtUtc { get; init; }

    public long Generation { get; init; }

    public bool IsRestricted { get; init; }
}

/// <summary>A NOTIFY that is to reach the phone, kept until it was answered.</summary>
internal sealed record Push
{
    public required string OrderId { get; init; }

    public required NotifyKind Kind { get; init; }

    public required string BindingId { get; init; }

    public required int Attempts { get; init; }

    public required DateTimeOffset NextAttemptAtUtc { get; init; }
}

/// <summary>An operation that waits for its proof.</summary>
internal sealed record PendingOperation
{
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    /// <summary><c>restart</c> or <c>resync</c>.</summary>
    public required string Kind { get; init; }

    public required DateTimeOffset CreatedAtUtc { get; init; }

    public required DateTimeOffset DeadlineUtc { get; init; }

    public string OrderId { get; init; } = "";

    /// <summary>The Call-ID and flow before the restart: a booted phone has others.</summary>
    public string CallIdBefore { get; init; } = "";

    public string FlowIdBefore { get; init; } = "";

    public bool BootFileFetched { get; init; }

    public bool RegisteredAnew { get; init; }

    /// <summary>What the phone answered; empty while nothing.</summary>
    public string Answer { get; init; } = "";
}

/// <summary>A sign-in under way or ended.</summary>
internal sealed record SignInRecord
{
    public required string AttemptId { get; init; }

    public required SignInProgress Progress { get; init; }

    public required DateTimeOffset StartedAtUtc { get; init; }

    public string Network { get; init; } = "";

    public string VerificationUri { get; init; } = "";

    public string VerificationUriComplete { get; init; } = "";

    public string UserCode { get; init; } = "";

    public DateTimeOffset? ExpiresAtUtc { get; init; }

    public string ResumeHandle { get; init; } = "";

    public string Message { get; init; } = "";
}

/// <summary>Something an admin should look at.</summary>
internal sealed record Alert
{
    public required string Tenant { get; init; }

    public required DateTimeOffset AtUtc { get; init; }

    public required string Message { get; init; }
}

/// <summary>A dialled call that was answered: the same call again gets the same answer.</summary>
internal sealed record AnsweredDial
{
    public required string CallId { get; init; }

    public required DialStatus Status { get; init; }

    public string Reason { get; init; } = "";
}
