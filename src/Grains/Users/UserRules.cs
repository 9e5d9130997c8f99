using SipGateway.Grains.Interfaces;
using SipGateway.Storage;

namespace SipGateway.Grains;

/// <summary>What becomes of a user: pure.</summary>
internal static class UserRules
{
    public static UserDecision Decide(UserCommand command, UserState state, UserKey key, DateTimeOffset now) => command switch
    {
        UserCommand.Create c => Repeated(c.Context, state) ?? Create(c, state, key, now),
        UserCommand.Update c => Repeated(c.Context, state) ?? Refused(c.Context, state, key) ?? Update(c, state, key, now),
        UserCommand.Delete c => Repeated(c.Context, state) ?? Refused(c.Context, state, key) ?? Delete(c.Context, state, key, now),
        UserCommand.Learn c => Learn(c.User, state, key, now),
        UserCommand.ApplyFeature c => CallRules.Decide(c, state, key, now),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "A command without a rule."),
    };

    public static UserProfile? ToProfile(this UserState state) => !state.Exists ? null : new UserProfile
    {
        UserId = state.UserId,
        DisplayName = state.DisplayName,
        PhoneNumber = state.PhoneNumber,
        PolicyId = state.PolicyId,
        Version = state.Version,
        CreatedAtUtc = state.CreatedAtUtc ?? default,
        Calls = new CallSettings
        {
            DoNotDisturb = state.DoNotDisturb,
            ForwardTo = state.ForwardTo,
            ForwardOnTimeoutTo = state.ForwardOnTimeoutTo,
            SimultaneousRing = state.SimultaneousRing,
        },
    };

    public static CommandOutcome NumberTaken(string number) => Refusal.Exists(
        "PHONE_NUMBER_TAKEN",
        $"The number {number} belongs to another user of this tenant. Take it away there first, or give this user another one.");

    public static CommandOutcome Unknown(UserKey key) => Refusal.Missing("USER_NOT_FOUND", $"There is no user '{key.UserId}' in this tenant.");

    /// <summary>The present rows and the keys that change between two states.</summary>
    public static StateEffects Rows(UserState before, UserState after, UserKey key)
    {
        var isSame = before.PhoneNumber == after.PhoneNumber;
        return new StateEffects
        {
            Users = after.Exists ? [Row(after, key)] : [],
            TakenKeys = isSame || after.PhoneNumber.Length == 0 ? [] : [NumberKey(key, after.PhoneNumber)],
            ReleasedKeys = isSame || before.PhoneNumber.Length == 0 ? [] : [NumberKey(key, before.PhoneNumber)],
        };
    }

    public static SipGateway.Storage.UniqueKey NumberKey(UserKey key, string number) => new("number", $"{key.Tenant}/{number}");

    private static UserDecision? Repeated(AdminContext context, UserState state) =>
        AnsweredCommand.Find(state.Answered, context.CommandId) is { } answered ? UserDecision.Answer(answered) : null;

    private static UserDecision? Refused(AdminContext context, UserState state, UserKey key) => !state.Exists
        ? UserDecision.Answer(Unknown(key))
        : context.ExpectedVersion is { } expected && expected != state.Version ? UserDecision.Answer(Refusal.Stale(state.Version)) : null;

    private static UserDecision Create(UserCommand.Create command, UserState state, UserKey key, DateTimeOffset now)
    {
        if (state.Exists)
            return UserDecision.Answer(Refusal.Exists("USER_EXISTS", $"There is a user '{state.UserId}' already. Change that one, or take another id."));
        if (state.SignOutCommandId.Length > 0)
        {
            return UserDecision.Answer(Refusal.NotNow(
                "USER_BEING_DELETED",
                $"The user '{key.UserId}' was deleted, and its phones are still being signed out. Try again in a minute."));
        }

        if (Invalid(UserValidation.ErrorsOf(command.Profile, key)) is { } refused) return refused;
        // Nothing of a deleted namesake lives on but the version and the answered commands.
        var next = new UserState { Version = state.Version, Answered = state.Answered, Exists = true, CreatedAtUtc = now };
        next.UserId = command.Profile.UserId;
        next.DisplayName = command.Profile.DisplayName;
        next.PhoneNumber = E164(command.Profile.PhoneNumber);
        next.PolicyId = command.Profile.PolicyId;
        next.PasswordHash = command.PasswordHash;
        return Commit(command.Context, state, next, key, "user.create", now);
    }

    private static UserDecision Update(UserCommand.Update command, UserState state, UserKey key, DateTimeOffset now)
    {
        if (Invalid(UserValidation.ErrorsOf(command.DisplayName, command.PhoneNumber, command.PolicyId)) is { } refused) return refused;
        var next = state.Copy();
        next.DisplayName = command.DisplayName ?? state.DisplayName;
        next.PhoneNumber = command.PhoneNumber is { } number ? E164(number) : state.PhoneNumber;
        next.PolicyId = command.PolicyId ?? state.PolicyId;
        if (command.PasswordHash is { } hash)
        {
            next.PasswordHash = hash;
            next.WrongPasswords = 0;
            next.LockedUntilUtc = null;
        }

        return Commit(command.Context, state, next, key, command.PasswordHash is null ? "user.update" : "user.setPassword", now);
    }

    private static UserDecision Delete(AdminContext context, UserState state, UserKey key, DateTimeOffset now)
    {
        var next = new UserState
        {
            Version = state.Version, Answered = state.Answered, UserId = state.UserId, SignOutCommandId = context.CommandId, SignOutActor = context.Actor,
        };
        var decision = Commit(context, state, next, key, "user.delete", now);
        return decision with { Effects = decision.Effects with { DueAtUtc = now + UserLimits.SignOutRetry } };
    }

    private static UserDecision Learn(SignedInUser user, UserState state, UserKey key, DateTimeOffset now)
    {
        var number = PhoneNumberText.TryNormalize(user.PhoneNumber, out var e164) ? e164 : "";
        var next = state.Exists
            ? state.Copy()
            : new UserState { Version = state.Version, Answered = state.Answered, Exists = true, UserId = user.UserId, CreatedAtUtc = now };
        next.DisplayName = user.DisplayName.Length > 0 ? Cut(user.DisplayName) : state.DisplayName;
        // An authority that tells no number takes none away: it may have been set here.
        next.PhoneNumber = number.Length > 0 ? number : state.PhoneNumber;
        if (state.Exists && next.DisplayName == state.DisplayName && next.PhoneNumber == state.PhoneNumber)
            return UserDecision.Answer(CommandOutcome.Done);
        next.Version++;
        return new UserDecision(CommandOutcome.Done, next, Rows(state, next, key) with { Audit = [Audit(key, "user.learn", $"user:{key.UserId}", now)] });
    }

    public static AuditRow Audit(UserKey key, string action, string actor, DateTimeOffset now) => new()
    {
        Tenant = key.Tenant, AtUtc = now, Actor = actor, Action = action, Target = $"users/{key.UserId}", Outcome = "OK",
    };

    private static UserDecision Commit(AdminContext context, UserState before, UserState next, UserKey key, string action, DateTimeOffset now)
    {
        if (context.ValidateOnly) return UserDecision.Answer(CommandOutcome.Done);
        next.Version++;
        next.Answered = AnsweredCommand.Remember(next.Answered, context.CommandId, CommandOutcome.Done);
        return new UserDecision(CommandOutcome.Done, next, Rows(before, next, key) with { Audit = [context.Audit(action, $"users/{key.UserId}", now)] });
    }

    private static UserDecision? Invalid(IEnumerable<string> errors)
    {
        var message = string.Join(' ', errors);
        return message.Length == 0 ? null : UserDecision.Answer(Refusal.Invalid("USER_INVALID", message));
    }

    private static UserRow Row(UserState state, UserKey key) => new()
    {
        Tenant = key.Tenant,
        UserId = state.UserId,
        DisplayName = state.DisplayName,
        PhoneNumber = state.PhoneNumber,
        CreatedAtUtc = state.CreatedAtUtc ?? default,
    };

    private static string E164(string number) => PhoneNumberText.TryNormalize(number, out var e164) ? e164 : "";

    private static string Cut(string name)
    {
        var printable = string.Concat(name.Where(c => !char.IsControl(c)));
        return printable.Length <= UserLimits.MaxDisplayNameLength ? printable : printable[..UserLimits.MaxDisplayNameLength];
    }
}
