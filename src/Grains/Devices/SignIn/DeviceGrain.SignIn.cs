using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains;

internal sealed partial class DeviceGrain
{
    public Task<StartSignInOutcome> StartSignIn(StartSignInCommand command) => Do(command.Admin?.Tenant ?? "", change => SignInRules.Start(change, command));

    public Task<SignInView> GetSignIn() => Task.FromResult(SignInRules.View(Phone));

    public Task RecordSignInCode(SignInCodeReport report) => Do("", change =>
    {
        SignInRules.RecordCode(change, report);
        return true;
    });

    public async Task CompleteSignIn(SignInResultReport report)
    {
        if (Phone.SignIn?.AttemptId != report.AttemptId || Phone.Seat is not { } seat) return;
        var isOurs = report.User is { } user && (user.Tenant.Length == 0 || user.Tenant == seat.Tenant);
        var profile = isOurs ? await User(seat.Tenant, report.User!.UserId).Learn(report.User) : null;
        await Do(seat.Tenant, change =>
        {
            SignInRules.Complete(change, report, profile ?? (report.User is null ? null : new UserProfile { UserId = report.User.UserId }));
            return true;
        });
    }

    public async Task<CommandOutcome> AssignUser(AssignUserCommand command)
    {
        var profile = await User(command.Context.Tenant, command.UserId).Get();
        return await Command(command.Context, change => SignInRules.Assign(change, command, profile));
    }

    public Task<CommandOutcome> SignOut(SignOutCommand command) => command.Admin is { } admin
        ? Command(admin, change => SignInRules.SignOut(change, command, NewOperationId("signOut")))
        : Do("", change => SignInRules.SignOut(change, command, ""));

    private IUserGrain User(string tenant, string userId) => GrainFactory.GetGrain<IUserGrain>($"{tenant}/{userId}".ToLowerInvariant());
}
