using SipGateway.Grains.Interfaces;
using SipGateway.Storage;

namespace SipGateway.Grains;

/// <summary>What an admin may ask of a tenant.</summary>
internal abstract record TenantCommand(AdminContext Context)
{
    public sealed record Ensure(AdminContext Context) : TenantCommand(Context);

    public sealed record SetSettings(AdminContext Context, TenantSettings Settings) : TenantCommand(Context);

    /// <param name="Context">Who asks.</param>
    /// <param name="Policy">The policy.</param>
    /// <param name="LockedPassword">Its phone admin password as it is stored.</param>
    /// <param name="MustBeNew">Refuse when it is there.</param>
    public sealed record PutPolicy(AdminContext Context, NamedPolicy Policy, string? LockedPassword, bool MustBeNew) : TenantCommand(Context);

    public sealed record RollbackPolicy(AdminContext Context, string PolicyId, long Revision) : TenantCommand(Context);

    public sealed record DeletePolicy(AdminContext Context, string PolicyId) : TenantCommand(Context);

    public sealed record PutSite(AdminContext Context, Site Site, bool MustBeNew) : TenantCommand(Context);

    public sealed record DeleteSite(AdminContext Context, string SiteId) : TenantCommand(Context);
}

/// <summary>What is to be done about it.</summary>
/// <param name="Outcome">The answer.</param>
/// <param name="Next">The state to write; null: nothing.</param>
/// <param name="Effects">What travels with it.</param>
internal sealed record TenantDecision(CommandOutcome Outcome, TenantState? Next, StateEffects Effects)
{
    public static TenantDecision Answer(CommandOutcome outcome) => new(outcome, null, StateEffects.None);
}
