using System.Collections.Immutable;
using SipGateway.Storage;

namespace SipGateway.Grains;

/// <summary>What is stored of a user. A deleted one keeps its version and what is needed to sign its phones out.</summary>
internal sealed class UserState : StoredState
{
    /// <inheritdoc/>
    public override int SchemaVersion => 1;

    public bool Exists { get; set; }

    public long Version { get; set; }

    /// <summary>In the spelling it was made with.</summary>
    public string UserId { get; set; } = "";

    public string DisplayName { get; set; } = "";

    public string PhoneNumber { get; set; } = "";

    public string PolicyId { get; set; } = "";

    public DateTimeOffset? CreatedAtUtc { get; set; }

    /// <summary>PBKDF2, salt and count included; empty: cannot sign in at the embedded directory.</summary>
    public string PasswordHash { get; set; } = "";

    public int WrongPasswords { get; set; }

    public DateTimeOffset? LockedUntilUtc { get; set; }

    public bool DoNotDisturb { get; set; }

    public string ForwardTo { get; set; } = "";

    public string ForwardOnTimeoutTo { get; set; } = "";

    public string SimultaneousRing { get; set; } = "";

    /// <summary>The command that deleted the user while phones are still to be signed out; empty: none are.</summary>
    public string SignOutCommandId { get; set; } = "";

    public string SignOutActor { get; set; } = "";

    public ImmutableArray<AnsweredCommand> Answered { get; set; } = [];

    public UserState Copy() => (UserState)MemberwiseClone();
}
