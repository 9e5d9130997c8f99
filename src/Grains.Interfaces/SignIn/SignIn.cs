namespace SipGateway.Grains.Interfaces;

/// <summary>Somebody wants a user on this phone. Exactly one of the three askers is set.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.signin.start")]
public sealed record StartSignInCommand : IPhoneOrAdminCommand
{
    /// <summary>The admin, remotely; needs a phone whose credential is proved.</summary>
    [Id(0)] public AdminContext? Admin { get; init; }

    /// <summary>The phone's screen: random part of its screen token.</summary>
    [Id(1)] public string? ScreenTokenRandom { get; init; }

    /// <summary>The screen of a candidate (personal sign-in without claim and code, where the tenant allows).</summary>
    [Id(2)] public CandidateFacts? Candidate { get; init; }

    /// <summary>Where the screen was fetched from: address and port; empty for an admin.</summary>
    [Id(3)] public string Source { get; init; } = "";

    /// <summary>What the screen's browser says the phone is; null when it says nothing that is known, and for an admin.</summary>
    [Id(4)] public PhoneIdentity? Phone { get; init; }
}

/// <summary>How far a sign-in is.</summary>
[GenerateSerializer, Alias("sipgw.signin.progress")]
public enum SignInProgress
{
    /// <summary>None asked for.</summary>
    None,

    /// <summary>The authority has been asked for a pairing code; look again in a second.</summary>
    Preparing,

    /// <summary>The pairing code is shown; nobody has used it yet.</summary>
    Pending,

    /// <summary>A user is signed in.</summary>
    SignedIn,

    /// <summary>It ended without; the message says why.</summary>
    Failed,
}

/// <summary>What the phone's screen or the admin shows.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.signin.view")]
public sealed record SignInView
{
    /// <summary>How far.</summary>
    [Id(0)] public required SignInProgress Progress { get; init; }

    /// <summary>Where to go with a browser.</summary>
    [Id(1)] public string VerificationUri { get; init; } = "";

    /// <summary>What to type there.</summary>
    [Id(2)] public string UserCode { get; init; } = "";

    /// <summary>The address that has the code in it; empty when the authority gives none.</summary>
    [Id(3)] public string VerificationUriComplete { get; init; } = "";

    /// <summary>When the code ends.</summary>
    [Id(4)] public DateTimeOffset? ExpiresAtUtc { get; init; }

    /// <summary>The user's name when signed in; the reason when failed.</summary>
    [Id(5)] public string Message { get; init; } = "";
}

/// <summary>The end of a start.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.signin.started")]
public sealed record StartSignInOutcome
{
    /// <summary>Whether it was started (or is under way).</summary>
    [Id(0)] public required CommandOutcome Outcome { get; init; }

    /// <summary>How far it is.</summary>
    [Id(1)] public required SignInView View { get; init; }
}

/// <summary>The authority gave a pairing code.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.signin.code")]
public sealed record SignInCodeReport
{
    /// <summary>Which attempt; another one's report is ignored.</summary>
    [Id(0)] public required string AttemptId { get; init; }

    /// <summary>Where to go.</summary>
    [Id(1)] public required string VerificationUri { get; init; }

    /// <summary>Where to go, code included; empty for none.</summary>
    [Id(2)] public string VerificationUriComplete { get; init; } = "";

    /// <summary>What to type.</summary>
    [Id(3)] public required string UserCode { get; init; }

    /// <summary>When it ends.</summary>
    [Id(4)] public required DateTimeOffset ExpiresAtUtc { get; init; }

    /// <summary>What another silo needs to go on after a crash, already locked under the key ring; empty when the authority cannot.</summary>
    [Id(5)] public string ResumeHandle { get; init; } = "";
}

/// <summary>The end of an attempt at the authority.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.signin.result")]
public sealed record SignInResultReport
{
    /// <summary>Which attempt.</summary>
    [Id(0)] public required string AttemptId { get; init; }

    /// <summary>The user; null: failed.</summary>
    [Id(1)] public SignedInUser? User { get; init; }

    /// <summary>Why not, for the phone's screen; empty when signed in.</summary>
    [Id(2)] public string Failure { get; init; } = "";
}

/// <summary>Who signed in, from the authority's claims.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.signin.user")]
public sealed record SignedInUser
{
    /// <summary>The user's id in the tenant (embedded: <c>userId</c>; Entra: the UPN).</summary>
    [Id(0)] public required string UserId { get; init; }

    /// <summary>The name.</summary>
    [Id(1)] public required string DisplayName { get; init; }

    /// <summary>E.164 with <c>+</c>; empty for none.</summary>
    [Id(2)] public string PhoneNumber { get; init; } = "";

    /// <summary>The tenant the authority says the user is of; empty: the device's own.</summary>
    [Id(3)] public string Tenant { get; init; } = "";
}

/// <summary>An attempt that needs the authority, handed to the runner of this silo after the write.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.signin.attempt")]
public sealed record SignInAttempt
{
    /// <summary>The device.</summary>
    [Id(0)] public required string Mac { get; init; }

    /// <summary>Which attempt.</summary>
    [Id(1)] public required string AttemptId { get; init; }

    /// <summary>The device's tenant, whose authority is asked.</summary>
    [Id(2)] public required string Tenant { get; init; }

    /// <summary>Model, for the question "is this phone in front of you?".</summary>
    [Id(3)] public string Model { get; init; } = "";

    /// <summary>The network the screen was fetched from; empty when an admin started it.</summary>
    [Id(4)] public string Network { get; init; } = "";

    /// <summary>From an earlier report, to go on after a crash; empty: start.</summary>
    [Id(5)] public string ResumeHandle { get; init; } = "";

    /// <summary>When the code that was shown ends; null when none was shown yet.</summary>
    [Id(6)] public DateTimeOffset? ExpiresAtUtc { get; init; }
}

/// <summary>Signs a user out.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.signin.out")]
public sealed record SignOutCommand : IPhoneOrAdminCommand
{
    /// <summary>The admin; null when the phone's own screen asked.</summary>
    [Id(0)] public AdminContext? Admin { get; init; }

    /// <summary>Random part of the screen token, when the phone asked.</summary>
    [Id(1)] public string? ScreenTokenRandom { get; init; }
}

/// <summary>Puts a user on a phone without anybody's password; needs a phone whose credential is proved.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.signin.assign")]
public sealed record AssignUserCommand
{
    /// <summary>Who asks.</summary>
    [Id(0)] public required AdminContext Context { get; init; }

    /// <summary>The user.</summary>
    [Id(1)] public required string UserId { get; init; }
}

public partial interface IDeviceGrain
{
    /// <summary>Starts a sign-in, or tells of the one under way.</summary>
    [CalledByEdges, Alias("startSignIn")]
    Task<StartSignInOutcome> StartSignIn(StartSignInCommand command);

    /// <summary>How far the sign-in is.</summary>
    [CalledByEdges, Alias("getSignIn")]
    Task<SignInView> GetSignIn();

    /// <summary>From the runner: the pairing code.</summary>
    [Alias("recordSignInCode")]
    Task RecordSignInCode(SignInCodeReport report);

    /// <summary>From the runner: the end. The policy's <c>allowSipDevices</c> decides.</summary>
    [Alias("completeSignIn")]
    Task CompleteSignIn(SignInResultReport report);

    /// <summary>Puts a user on the phone.</summary>
    [Alias("assignUser")]
    Task<CommandOutcome> AssignUser(AssignUserCommand command);

    /// <summary>Takes the user off the phone; durable at reply, old credentials end.</summary>
    [CalledByEdges, Alias("signOut")]
    Task<CommandOutcome> SignOut(SignOutCommand command);
}
