using System.Collections.Concurrent;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Identity.Tests;

/// <summary>The users that the tests' grains know, beside the silo: the tests fill it.</summary>
public sealed class TestUsers
{
    public ConcurrentDictionary<string, (UserProfile Profile, string Password)> ByKey { get; } = new();
    public bool Unreachable { get; set; }

    public void Add(string tenant, string userId, string password, string name = "", string number = "") =>
        ByKey[$"{tenant}/{userId}".ToLowerInvariant()] = (new() { UserId = userId, DisplayName = name, PhoneNumber = number }, password);
}

/// <summary>A real grain in a real silo with the smallest store there is.</summary>
public sealed class TestUserGrain(TestUsers users) : Grain, IUserGrain
{
    private int wrong;

    public Task<UserProfile?> Get() => Task.FromResult(users.ByKey.TryGetValue(this.GetPrimaryKeyString(), out var user) ? user.Profile : null);

    public Task<PasswordVerdict> VerifyPassword(string password)
    {
        if (users.Unreachable)
        {
            throw new TimeoutException("The store does not answer.");
        }

        if (wrong >= 10)
        {
            return Task.FromResult(PasswordVerdict.Locked);
        }

        var right = users.ByKey.TryGetValue(this.GetPrimaryKeyString(), out var user) && user.Password == password;
        wrong += right ? 0 : 1;
        return Task.FromResult(right ? PasswordVerdict.Right : PasswordVerdict.Wrong);
    }

    public Task<UserOutcome> Create(CreateUserCommand command)
    {
        users.ByKey[this.GetPrimaryKeyString()] = (command.Profile, command.InitialPassword);
        return Task.FromResult(new UserOutcome { Outcome = CommandOutcome.Done, Profile = command.Profile });
    }

    public Task RunDue() => Task.CompletedTask;

    public Task NoteSignedOut(string commandId) => Task.CompletedTask;

    public Task<UserOutcome> Update(UpdateUserCommand command) => Task.FromResult(new UserOutcome { Outcome = CommandOutcome.Done });

    public Task<CommandOutcome> Delete(AdminContext context)
    {
        users.ByKey.TryRemove(this.GetPrimaryKeyString(), out _);
        return Task.FromResult(CommandOutcome.Done);
    }

    public Task<UserProfile> Learn(SignedInUser user) => Task.FromResult(new UserProfile { UserId = user.UserId });

    public Task<CommandOutcome> ApplyFeature(FeatureKind feature, string argument, string actor) => Task.FromResult(CommandOutcome.Done);
}
