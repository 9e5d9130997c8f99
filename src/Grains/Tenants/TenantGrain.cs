using System.Collections.Immutable;
using SipGateway.Grains.Interfaces;
using SipGateway.Storage;
using SipGateway.Trust;

namespace SipGateway.Grains;

/// <summary>One tenant: asks <see cref="TenantRules"/>, writes, announces, replies.</summary>
[GrainType("tenant")]
internal sealed class TenantGrain(
    [PersistentState("tenant", StorageNames.Provider)] IPersistentState<TenantState> storage,
    KeyRing ring,
    ITenantCache cache,
    TimeProvider time) : Grain, ITenantGrain
{
    private string Tenant => this.GetPrimaryKeyString();

    public Task<TenantSnapshot> GetSnapshot() => Task.FromResult(Snapshot());

    public async Task<TenantSnapshot> Ensure(AdminContext context)
    {
        await Do(new TenantCommand.Ensure(context with { Tenant = Tenant }));
        return Snapshot();
    }

    public Task<CommandOutcome> SetSettings(AdminContext context, TenantSettings settings) => Do(new TenantCommand.SetSettings(context, settings));

    public Task<CommandOutcome> PutPolicy(AdminContext context, NamedPolicy policy, bool mustBeNew)
    {
        var locked = policy.Policy.PhoneAdminPassword is { } password
            ? SecretBox.Lock(ring, password, TenantMapping.PasswordPlace(Tenant, policy.PolicyId))
            : null;
        return Do(new TenantCommand.PutPolicy(context, policy, locked, mustBeNew));
    }

    public async Task<PolicyPreview> PreviewPolicy(AdminContext context, NamedPolicy policy)
    {
        var outcome = await PutPolicy(context with { ValidateOnly = true }, policy, mustBeNew: false);
        return PolicyPreviews.Of(outcome, Snapshot().Policies.GetValueOrDefault(policy.PolicyId), policy);
    }

    public Task<ImmutableArray<PolicyRevision>> ListRevisions(string policyId) =>
        Task.FromResult(PolicyHistory.Of(storage.State, policyId).Select(r => r.ToWire(Tenant, ring)).ToImmutableArray());

    public Task<CommandOutcome> RollbackPolicy(AdminContext context, string policyId, long revision) =>
        Do(new TenantCommand.RollbackPolicy(context, policyId, revision));

    public Task<CommandOutcome> DeletePolicy(AdminContext context, string policyId) => Do(new TenantCommand.DeletePolicy(context, policyId));

    public Task<CommandOutcome> PutSite(AdminContext context, Site site, bool mustBeNew) => Do(new TenantCommand.PutSite(context, site, mustBeNew));

    public Task<CommandOutcome> DeleteSite(AdminContext context, string siteId) => Do(new TenantCommand.DeleteSite(context, siteId));

    public Task<bool> NoteWrongCode() => TryCode("", isRight: false);

    public async Task<bool> TryCode(string network, bool isRight)
    {
        var verdict = CodeAllowanceRules.Decide(storage.State, Tenant, network, isRight, time.GetUtcNow());
        if (verdict.Next is { } next) await storage.CommitAsync(this, next, verdict.Effects);
        return verdict.IsAllowed;
    }

    private async Task<CommandOutcome> Do(TenantCommand command)
    {
        var decision = TenantRules.Decide(command, storage.State, time.GetUtcNow());
        if (decision.Next is { } next)
        {
            await storage.CommitAsync(this, next, decision.Effects);
            cache.Announce(Snapshot());
        }

        return decision.Outcome;
    }

    private TenantSnapshot Snapshot() => storage.State.ToSnapshot(Tenant, ring);
}
