using SipGateway.Grains.Interfaces;
using SipGateway.Storage;

namespace SipGateway.Grains;

/// <summary>What may be asked of a user. Passwords come as hashes, because salt is nothing for a pure rule.</summary>
internal abstract record UserCommand
{
    public sealed record Create(AdminContext Context, UserProfile Profile, string PasswordHash) : UserCommand;

    public sealed record Update(AdminContext Context, string? DisplayName, string? PhoneNumber, string? PolicyId, string? PasswordHash) : UserCommand;

    public sealed record Delete(AdminContext Context) : UserCommand;

    public sealed record Learn(SignedInUser User) : UserCommand;

    public sealed record ApplyFeature(FeatureKind Feature, string Argument, string Actor) : UserCommand;
}

/// <summary>What is to be done about it.</summary>
/// <param name="Outcome">The answer.</param>
/// <param name="Next">The state to write; null: nothing.</param>
/// <param name="Effects">What travels with it.</param>
internal sealed record UserDecision(CommandOutcome Outcome, UserState? Next, StateEffects Effects)
{
    public static UserDecision Answer(CommandOutcome outcome) => new(outcome, null, StateEffects.None);
}
