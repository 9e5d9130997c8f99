using SipGateway.Grains.Interfaces;
using SipGateway.Storage;

namespace SipGateway.Grains;

/// <summary>What becomes of a tenant: pure.</summary>
internal static class TenantRules
{
    public static TenantDecision Decide(TenantCommand command, TenantState state, DateTimeOffset now)
    {
        var context = command.Context;
        if (AnsweredCommand.Find(state.Answered, context.CommandId) is { } answered) return TenantDecision.Answer(answered);
        if (command is TenantCommand.Ensure)
        {
            return state.Exists || !TenantValidation.IsTenantName(context.Tenant) ? TenantDecision.Answer(CommandOutcome.Done) : Create(context, state, now);
        }

        if (!state.Exists)
        {
            return TenantDecision.Answer(Refusal.Missing("TENANT_NOT_FOUND", $"There is no tenant '{context.Tenant}'. Make it first, or check the name."));
        }

        if (context.ExpectedVersion is { } expected && expected != state.Version) return TenantDecision.Answer(Refusal.Stale(state.Version));
        return command switch
        {
            TenantCommand.SetSettings c => SetSettings(c, state, now),
            TenantCommand.PutPolicy c => PutPolicy(c, state, now),
            TenantCommand.RollbackPolicy c => RollbackPolicy(c, state, now),
            TenantCommand.DeletePolicy c => DeletePolicy(c, state, now),
            TenantCommand.PutSite c => PutSite(c, state, now),
            TenantCommand.DeleteSite c => DeleteSite(c, state, now),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "A command without a rule."),
        };
    }

    private static TenantDecision Create(AdminContext context, TenantState state, DateTimeOffset now)
    {
        var next = state.Copy();
        next.Exists = true;
        next.CreatedAtUtc = now;
        return Commit(context, next, "tenant.create", $"tenants/{context.Tenant}", now);
    }

    private static TenantDecision SetSettings(TenantCommand.SetSettings command, TenantState state, DateTimeOffset now)
    {
        if (Invalid("SETTINGS_INVALID", TenantValidation.ErrorsOf(command.Settings)) is { } refused) return refused;
        var next = state.Copy();
        next.Settings = command.Settings.ToStored();
        next.CompatibilityGate = command.Settings.CompatibilityGate == CompatibilityGate.Allow ? null : command.Settings.CompatibilityGate;
        next.Region = command.Settings.Region.Length == 0 ? null : command.Settings.Region;
        return Commit(command.Context, next, "tenant.setSettings", $"tenants/{command.Context.Tenant}", now);
    }

    private static TenantDecision PutPolicy(TenantCommand.PutPolicy command, TenantState state, DateTimeOffset now)
    {
        var id = command.Policy.PolicyId;
        if (Invalid("POLICY_INVALID", TenantValidation.ErrorsOf(command.Policy)) is { } refused) return refused;
        var isNew = !state.Policies.ContainsKey(id);
        if (command.MustBeNew && !isNew)
            return TenantDecision.Answer(Refusal.Exists("POLICY_EXISTS", $"There is a policy '{id}' already. Change it, or take another id."));
        if (isNew && state.Policies.Count >= TenantLimits.MaxPolicies)
        {
            return TenantDecision.Answer(Refusal.NotNow(
                "TOO_MANY_POLICIES",
                $"A tenant has at most {TenantLimits.MaxPolicies} policies. Delete one that is not used."));
        }

        if (PolicyHistory.OtherOwner(state, id, command.Policy.Models) is { } taken) return TenantDecision.Answer(taken);
        var next = state.Copy();
        PolicyHistory.Put(next, id, command.Policy.ToContent(command.LockedPassword), command.Context.Actor, now);
        return Commit(command.Context, next, isNew ? "policy.create" : "policy.update", $"policies/{id}", now);
    }

    private static TenantDecision RollbackPolicy(TenantCommand.RollbackPolicy command, TenantState state, DateTimeOffset now)
    {
        var id = command.PolicyId;
        if (!state.Policies.ContainsKey(id)) return TenantDecision.Answer(Refusal.Missing("POLICY_NOT_FOUND", $"There is no policy '{id}'."));
        if (PolicyHistory.Of(state, id).FirstOrDefault(r => r.Revision == command.Revision) is not { } then)
        {
            return TenantDecision.Answer(Refusal.Missing(
                "REVISION_NOT_FOUND", $"The policy '{id}' has no revision {command.Revision} any more. List its revisions and take one of them."));
        }

        if (PolicyHistory.OtherOwner(state, id, then.Models) is { } taken) return TenantDecision.Answer(taken);
        var next = state.Copy();
        var content = new PolicyContent(then.Policy, then.Models, new BesidePolicy(then.FirmwareChannel, then.ToneCountry));
        PolicyHistory.Put(next, id, content, command.Context.Actor, now);
        return Commit(command.Context, next, "policy.rollback", $"policies/{id}", now);
    }

    private static TenantDecision DeletePolicy(TenantCommand.DeletePolicy command, TenantState state, DateTimeOffset now)
    {
        if (!state.Policies.ContainsKey(command.PolicyId))
            return TenantDecision.Answer(Refusal.Missing("POLICY_NOT_FOUND", $"There is no policy '{command.PolicyId}'."));
        var users = state.Sites.Where(s => s.Value.PolicyId == command.PolicyId).Select(s => s.Key).ToList();
        if (users.Count > 0)
        {
            var named = string.Join(", ", users.Take(5));
            return TenantDecision.Answer(Refusal.NotNow(
                "POLICY_IN_USE",
                $"The policy '{command.PolicyId}' is used by {users.Count} site(s): {named}. Give them another policy first."));
        }

        var next = state.Copy();
        PolicyHistory.Remove(next, command.PolicyId);
        return Commit(command.Context, next, "policy.delete", $"policies/{command.PolicyId}", now);
    }

    private static TenantDecision PutSite(TenantCommand.PutSite command, TenantState state, DateTimeOffset now)
    {
        var id = command.Site.SiteId;
        if (Invalid("SITE_INVALID", TenantValidation.ErrorsOf(command.Site, state)) is { } refused) return refused;
        var isNew = !state.Sites.ContainsKey(id);
        if (command.MustBeNew && !isNew)
            return TenantDecision.Answer(Refusal.Exists("SITE_EXISTS", $"There is a site '{id}' already. Change it, or take another id."));
        if (isNew && state.Sites.Count >= TenantLimits.MaxSites)
        {
            return TenantDecision.Answer(Refusal.NotNow("TOO_MANY_SITES", $"A tenant has at most {TenantLimits.MaxSites} sites. Delete one that is not used."));
        }

        var next = state.Copy();
        next.Sites = state.Sites.SetItem(id, new StoredSite { DisplayName = command.Site.DisplayName, PolicyId = command.Site.PolicyId });
        return Commit(command.Context, next, isNew ? "site.create" : "site.update", $"sites/{id}", now);
    }

    private static TenantDecision DeleteSite(TenantCommand.DeleteSite command, TenantState state, DateTimeOffset now)
    {
        if (!state.Sites.ContainsKey(command.SiteId))
            return TenantDecision.Answer(Refusal.Missing("SITE_NOT_FOUND", $"There is no site '{command.SiteId}'."));
        var next = state.Copy();
        next.Sites = state.Sites.Remove(command.SiteId);
        return Commit(command.Context, next, "site.delete", $"sites/{command.SiteId}", now);
    }

    private static TenantDecision? Invalid(string reason, IEnumerable<string> errors)
    {
        var message = string.Join(' ', errors);
        return message.Length == 0 ? null : TenantDecision.Answer(Refusal.Invalid(reason, message));
    }

    private static TenantDecision Commit(AdminContext context, TenantState next, string action, string target, DateTimeOffset now)
    {
        if (context.ValidateOnly) return TenantDecision.Answer(CommandOutcome.Done);
        next.Version++;
        next.Answered = AnsweredCommand.Remember(next.Answered, context.CommandId, CommandOutcome.Done);
        return new TenantDecision(CommandOutcome.Done, next, new StateEffects { Audit = [context.Audit(action, target, now)] });
    }
}
