using Microsoft.Extensions.Logging;
using SipGateway.Grains.Interfaces;
using SipGateway.Storage;

namespace SipGateway.Grains;

/// <summary>One user: asks <see cref="UserRules"/>, writes, replies.</summary>
[GrainType("user")]
internal sealed partial class UserGrain(
    [PersistentState("user", StorageNames.Provider)] IPersistentState<UserState> storage,
    IInventoryReader inventory,
    TimeProvider time,
    ILogger<UserGrain> logger) : Grain, IUserGrain
{
    private UserKey? key;

    private UserKey Key => key ??= UserKey.Parse(this.GetPrimaryKeyString());

    public async Task<UserOutcome> Create(CreateUserCommand command)
    {
        if (UserValidation.PasswordError(command.InitialPassword) is { } refused) return new UserOutcome { Outcome = refused };
        var hash = command.InitialPassword.Length == 0 ? "" : PasswordHashing.Hash(command.InitialPassword);
        return Answer(await Do(new UserCommand.Create(command.Context, command.Profile, hash)));
    }

    public async Task<UserOutcome> Update(UpdateUserCommand command)
    {
        if (UserValidation.PasswordError(command.Password) is { } refused) return new UserOutcome { Outcome = refused };
        var hash = command.Password switch { null => null, "" => "", { } password => PasswordHashing.Hash(password) };
        return Answer(await Do(new UserCommand.Update(command.Context, command.DisplayName, command.PhoneNumber, command.PolicyId, hash)));
    }

    public async Task<CommandOutcome> Delete(AdminContext context)
    {
        var outcome = await Do(new UserCommand.Delete(context));
        if (outcome.Status == CommandStatus.Done) StartSigningOut();
        return outcome;
    }

    public Task<UserProfile?> Get() => Task.FromResult(storage.State.ToProfile());

    public async Task<UserProfile> Learn(SignedInUser user)
    {
        var outcome = await Do(new UserCommand.Learn(user));
        if (outcome.Status == CommandStatus.AlreadyExists)
        {
            // The authority's number is somebody else's here: the person may sign in all the same, without it.
            LogNumberTaken(Key.Tenant);
            await Do(new UserCommand.Learn(user with { PhoneNumber = "" }));
        }

        return storage.State.ToProfile() ?? throw new InvalidOperationException("A user that was learned exists.");
    }

    public Task<CommandOutcome> ApplyFeature(FeatureKind feature, string argument, string actor) =>
        Do(new UserCommand.ApplyFeature(feature, argument, actor));

    private async Task<CommandOutcome> Do(UserCommand command)
    {
        var decision = UserRules.Decide(command, storage.State, Key, time.GetUtcNow());
        if (decision.Next is not { } next) return decision.Outcome;
        if (await TakenByAnother(decision.Effects) is { } taken) return taken;
        try
        {
            await storage.CommitAsync(this, next, decision.Effects);
            return decision.Outcome;
        }
        catch (UniqueKeyTakenException)
        {
            return UserRules.NumberTaken(next.PhoneNumber);
        }
    }

    // The write itself decides; asking before only spares the storage an error in the usual case.
    private async Task<CommandOutcome?> TakenByAnother(StateEffects effects)
    {
        foreach (var wanted in effects.TakenKeys)
        {
            var owner = await inventory.FindOwnerAsync(wanted, CancellationToken.None);
            if (owner is not null && !IsThisGrain(owner)) return UserRules.NumberTaken(wanted.Key[(Key.Tenant.Length + 1)..]);
        }

        return null;
    }

    private bool IsThisGrain(string owner) => owner == this.GetPrimaryKeyString() || owner == this.GetGrainId().ToString();

    private UserOutcome Answer(CommandOutcome outcome) => new() { Outcome = outcome, Profile = storage.State.ToProfile() };

    [LoggerMessage(EventId = 3101, Level = LogLevel.Warning,
        Message = "A sign-in at tenant {Tenant}'s authority named a phone number that belongs to another user here; the user was taken without a number.")]
    private partial void LogNumberTaken(string tenant);
}
