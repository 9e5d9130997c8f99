namespace SipGateway.Grains.Interfaces;

/// <summary>Who a user is.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.user.profile")]
public sealed record UserProfile
{
    /// <summary>Unique in the tenant: letters, digits and <c>. _ - @ +</c>, at most 100; compared without case.</summary>
    [Id(0)] public required string UserId { get; init; }

    /// <summary>The name on the phone's screen.</summary>
    [Id(1)] public string DisplayName { get; init; } = "";

    /// <summary>E.164 with <c>+</c>; empty for none.</summary>
    [Id(2)] public string PhoneNumber { get; init; } = "";

    /// <summary>The policy that applies between site and device; empty for none.</summary>
    [Id(3)] public string PolicyId { get; init; } = "";

    /// <summary>State version, the etag.</summary>
    [Id(4)] public long Version { get; init; }

    /// <summary>When made.</summary>
    [Id(5)] public DateTimeOffset CreatedAtUtc { get; init; }

    /// <summary>Where calls go.</summary>
    [Id(6)] public CallSettings Calls { get; init; } = new();
}

/// <summary>What the feature codes set.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.user.calls")]
public sealed record CallSettings
{
    /// <summary>Do not disturb.</summary>
    [Id(0)] public bool DoNotDisturb { get; init; }

    /// <summary>Forward all calls to; empty: off.</summary>
    [Id(1)] public string ForwardTo { get; init; } = "";

    /// <summary>Forward unanswered calls to; empty: off.</summary>
    [Id(2)] public string ForwardOnTimeoutTo { get; init; } = "";

    /// <summary>Ring there too; empty: off.</summary>
    [Id(3)] public string SimultaneousRing { get; init; } = "";
}

/// <summary>Makes a user.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.user.create")]
public sealed record CreateUserCommand
{
    /// <summary>Who asks.</summary>
    [Id(0)] public required AdminContext Context { get; init; }

    /// <summary>The user.</summary>
    [Id(1)] public required UserProfile Profile { get; init; }

    /// <summary>For the embedded directory; empty: cannot sign in there. A secret.</summary>
    [Id(2)] public string InitialPassword { get; init; } = "";

    /// <summary>No secret.</summary>
    public override string ToString() => $"CreateUserCommand {Profile.UserId}";
}

/// <summary>Changes a user; null leaves a value.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.user.update")]
public sealed record UpdateUserCommand
{
    /// <summary>Who asks.</summary>
    [Id(0)] public required AdminContext Context { get; init; }

    /// <summary>New name.</summary>
    [Id(1)] public string? DisplayName { get; init; }

    /// <summary>New number; empty takes it away.</summary>
    [Id(2)] public string? PhoneNumber { get; init; }

    /// <summary>New policy; empty takes it away.</summary>
    [Id(3)] public string? PolicyId { get; init; }

    /// <summary>New password. A secret.</summary>
    [Id(4)] public string? Password { get; init; }

    /// <summary>No secret.</summary>
    public override string ToString() => "UpdateUserCommand";
}

/// <summary>The end of a command about a user.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.user.outcome")]
public sealed record UserOutcome
{
    /// <summary>How.</summary>
    [Id(0)] public required CommandOutcome Outcome { get; init; }

    /// <summary>The user as it is now; null when there is none.</summary>
    [Id(1)] public UserProfile? Profile { get; init; }
}

/// <summary>What a password was.</summary>
[GenerateSerializer, Alias("sipgw.user.password")]
public enum PasswordVerdict
{
    /// <summary>Right.</summary>
    Right,

    /// <summary>Wrong, or there is no such user: the two look and take the same.</summary>
    Wrong,

    /// <summary>Too many wrong ones; try later.</summary>
    Locked,
}

/// <summary>One user of one tenant; key: <c>tenant/userid</c> in lower case. Owns profile, password hash, call settings.</summary>
[Alias("sipgw.user")]
public interface IUserGrain : IGrainWithStringKey
{
    /// <summary>Makes the user; the phone number becomes this user's alone.</summary>
    [Alias("create")]
    Task<UserOutcome> Create(CreateUserCommand command);

    /// <summary>Changes it.</summary>
    [Alias("update")]
    Task<UserOutcome> Update(UpdateUserCommand command);

    /// <summary>Deletes it; its phones are signed out.</summary>
    [Alias("delete")]
    Task<CommandOutcome> Delete(AdminContext context);

    /// <summary>The profile; null when there is no such user.</summary>
    [Alias("get")]
    Task<UserProfile?> Get();

    /// <summary>Checks a password; counts wrong ones and locks.</summary>
    [Alias("verifyPassword")]
    Task<PasswordVerdict> VerifyPassword(string password);

    /// <summary>From a sign-in at another authority: the user as its claims say, made when new.</summary>
    [Alias("learn")]
    Task<UserProfile> Learn(SignedInUser user);

    /// <summary>From a feature code.</summary>
    [Alias("applyFeature")]
    Task<CommandOutcome> ApplyFeature(FeatureKind feature, string argument, string actor);

    /// <summary>Goes on signing out the phones of a deleted user; harmless at any time.</summary>
    [Alias("rundue")]
    Task RunDue();

    /// <summary>From itself: all phones of the user that this command deleted are signed out.</summary>
    [Alias("noteSignedOut")]
    Task NoteSignedOut(string commandId);
}
