using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains.Devices;

internal sealed partial class DeviceGrain
{
    public async Task<StartSignInOutcome> StartSignIn(StartSignInCommand command)
    {
        var personal = await tenants.GetAsync(options.PersonalTenant);
        var change = await BeginAsync();
        var isTrusted = SourceRules.IsTrusted(command.Source, personal.Settings.TrustedRanges);
        var settings = command.Candidate is null ? await SettingsAsync(change.Next) : personal.Settings;
        var outcome = SignInRules.Start(command, personal, isTrusted, Guid.NewGuid().ToString("N"), settings.CompatibilityGate, change);

        // An admin's refused command changes nothing; a stranger's leaves the news for the owner.
        var isKept = command.Admin is not { } by || (outcome.Status == CommandStatus.Done && !by.ValidateOnly);
        if (isKept && change.HasChanged) await CommitAsync(change);
        var told = change.Next.Seat?.Tenant ?? personal.Tenant;
        if (command.Admin?.ValidateOnly != true) await TellIncompatible(CompatibilityRules.SignInKind, told, outcome, command.Source);
        return new StartSignInOutcome { Outcome = outcome, View = SignInRules.View(storage.State) };
    }

    public Task<SignInView> GetSignIn() => Task.FromResult(SignInRules.View(storage.State));

    public async Task RecordSignInCode(SignInCodeReport report)
    {
        var change = await BeginAsync();
        SignInRules.RecordCode(report, change);
        if (change.HasChanged) await CommitAsync(change);
    }

    public async Task CompleteSignIn(SignInResultReport report)
    {
        if (storage.State.Attempt is not { IsUnderWay: true } attempt || attempt.Id != report.AttemptId) return;
        var change = await BeginAsync();
        if (report.User is not { } user) SignInRules.Fail(change, report.Failure);
        else await Complete(attempt, user, change);
        await CommitAsync(change);
    }

    public async Task<CommandOutcome> AssignUser(AssignUserCommand command)
    {
        var tenant = command.Context.Tenant;
        var profile = await User(tenant, command.UserId).Get();
        var isAllowed = (await PolicyAsync(storage.State, tenant, profile?.PolicyId ?? "")).AllowSipDevices;
        var user = profile is null ? null : SeatUserOf(profile);
        var gate = (await tenants.GetAsync(tenant)).Settings.CompatibilityGate;
        var outcome = await Do(command.Context, change => SignInRules.Assign(command.Context, user, isAllowed, gate, change, Fresh()));
        if (!command.Context.ValidateOnly) await TellIncompatible(CompatibilityRules.SignInKind, tenant, outcome, source: "");
        return outcome;
    }

    public async Task<CommandOutcome> SignOut(SignOutCommand command)
    {
        if (command.Admin is { } by) return await Do(by, change => SignInRules.SignOut(command, change, Fresh()));
        var change = await BeginAsync();
        var outcome = SignInRules.SignOut(command, change, Fresh());
        if (change.HasChanged) await CommitAsync(change);
        return outcome;
    }

    private async Task Complete(StoredAttempt attempt, SignedInUser user, DeviceChange change)
    {
        if (user.Tenant.Length > 0 && user.Tenant != attempt.Tenant && attempt.CandidateId.Length == 0)
        {
            SignInRules.Fail(change, SignInRules.OtherTenant);
            return;
        }

        if (!UserValidation.IsAccountName(user.UserId))
        {
            SignInRules.Fail(change, SignInRules.NameNotUsable);
            return;
        }

        // A personal phone becomes the phone of its user's tenant.
        var tenant = user.Tenant.Length > 0 ? user.Tenant : attempt.Tenant;
        var settings = await tenants.GetAsync(tenant);
        var profile = settings.Exists ? await User(tenant, user.UserId).Learn(user) : null;
        var phone = SignInAskerRules.PhoneOf(attempt, change.Next);
        var gate = settings.Settings.CompatibilityGate;
        if (profile is null) SignInRules.Fail(change, SignInRules.OtherTenant);
        else if (!(await PolicyAsync(change.Next, tenant, profile.PolicyId)).AllowSipDevices) SignInRules.Fail(change, SignInRules.NotAllowed);
        else if (CompatibilityRules.Refused(gate, phone, options.Compatibility) is { } wanting) SignInRules.Fail(change, wanting.Message);
        else
        {
            CompatibilityRules.Warn(gate, tenant, CompatibilityRules.SignInKind, phone, change, attempt.Source);
            SignInRules.Complete(SeatUserOf(profile), tenant, change, Fresh(), SourceRules.IsTrusted(attempt.Source, settings.Settings.TrustedRanges));
        }
    }

    /// <summary>What was refused for the phone's sake is in the timeline, once an hour at most: a screen asks again and again.</summary>
    private async Task TellIncompatible(string kind, string tenant, CommandOutcome outcome, string source)
    {
        if (outcome.Reason != CompatibilityRules.NotCompatible || !CommandRules.Knows(storage.State, tenant)) return;
        var change = Begin();
        if (!hourly.IsDue(CompatibilityRules.NotCompatible, change.Now)) return;
        change.Event(tenant, kind, CompatibilityRules.Told(outcome.Message), source);
        await CommitAsync(change);
    }
}
