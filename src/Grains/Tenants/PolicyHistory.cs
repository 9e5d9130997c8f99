using System.Collections.Immutable;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains;

/// <summary>All that is stored of a policy, in however many places.</summary>
/// <param name="Policy">Its values.</param>
/// <param name="Models">The models that it is for.</param>
/// <param name="Beside">What stands beside it.</param>
internal sealed record PolicyContent(StoredPolicy Policy, ImmutableArray<string> Models, BesidePolicy Beside = default);

/// <summary>Values of a policy that stand beside the policies, where a release that does not know them keeps them.</summary>
/// <param name="FirmwareChannel">Its channel; null: left to the layer below.</param>
/// <param name="ToneCountry">Whose tones phones play; null: left to the layer below.</param>
internal readonly record struct BesidePolicy(string? FirmwareChannel, string? ToneCountry);

/// <summary>What policies were, and which models they are for: both written with the tenant, so that neither can disagree with it.</summary>
internal static class PolicyHistory
{
    /// <summary>The revisions of a policy, newest first.</summary>
    public static IEnumerable<StoredRevision> Of(TenantState state, string policyId) =>
        (state.Revisions ?? []).Where(r => r.PolicyId == policyId).OrderByDescending(r => r.Revision);

    /// <summary>The models that a policy is for.</summary>
    public static ImmutableArray<string> ModelsOf(TenantState state, string policyId) =>
        [.. (state.ModelPolicies ?? ImmutableSortedDictionary<string, string>.Empty).Where(m => m.Value == policyId).Select(m => m.Key)];

    /// <summary>What stands beside the policy.</summary>
    public static BesidePolicy BesideOf(TenantState state, string policyId) =>
        new(state.FirmwareChannels?.GetValueOrDefault(policyId), state.ToneCountries?.GetValueOrDefault(policyId));

    /// <summary>The refusal when one of the models is in another policy; which of two would win, nobody could tell.</summary>
    public static CommandOutcome? OtherOwner(TenantState state, string policyId, ImmutableArray<string> models)
    {
        foreach (var model in models.Select(Spelled))
        {
            if (state.ModelPolicies?.GetValueOrDefault(model) is { } other && other != policyId)
            {
                return Refusal.NotNow("MODEL_TAKEN", $"The model {model} is in the policy '{other}' already. Take it out there first.");
            }
        }

        return null;
    }

    /// <summary>Makes the policy so, and remembers that it is.</summary>
    public static void Put(TenantState next, string id, PolicyContent content, string actor, DateTimeOffset now)
    {
        if (!Of(next, id).Any() && next.Policies.TryGetValue(id, out var first))
        {
            var (channel, tones) = BesideOf(next, id);
            var before = new StoredRevision
            {
                PolicyId = id, Revision = 1, AtUtc = now, Actor = "", Policy = first, FirmwareChannel = channel, ToneCountry = tones,
            };
            next.Revisions = [.. next.Revisions ?? [], before];
        }

        next.Policies = next.Policies.SetItem(id, content.Policy);
        PutBeside(next, id, content.Beside);
        var others = (next.ModelPolicies ?? ImmutableSortedDictionary<string, string>.Empty).RemoveRange(ModelsOf(next, id));
        next.ModelPolicies = OrNull(others.SetItems(content.Models.Select(m => KeyValuePair.Create(Spelled(m), id))));
        var revision = new StoredRevision
        {
            PolicyId = id,
            Revision = (Of(next, id).FirstOrDefault()?.Revision ?? 0) + 1,
            AtUtc = now,
            Actor = actor,
            Policy = content.Policy,
            FirmwareChannel = content.Beside.FirmwareChannel,
            ToneCountry = content.Beside.ToneCountry,
            Models = [.. content.Models.Select(Spelled).Order(StringComparer.Ordinal)],
        };
        var kept = Of(next, id).Take(TenantLimits.MaxRevisionsPerPolicy - 1).ToHashSet();
        next.Revisions =
        [
            .. (next.Revisions ?? []).Where(r => r.PolicyId != id || kept.Contains(r)).TakeLast(TenantLimits.MaxRevisions - 1), revision,
        ];
    }

    /// <summary>Forgets the policy. Its revisions stay for a while, so that one that comes under the same name goes on counting.</summary>
    public static void Remove(TenantState next, string id)
    {
        next.ModelPolicies = OrNull((next.ModelPolicies ?? ImmutableSortedDictionary<string, string>.Empty).RemoveRange(ModelsOf(next, id)));
        PutBeside(next, id, default);
        next.Policies = next.Policies.Remove(id);
    }

    private static void PutBeside(TenantState next, string id, BesidePolicy beside)
    {
        next.FirmwareChannels = With(next.FirmwareChannels, id, beside.FirmwareChannel);
        next.ToneCountries = With(next.ToneCountries, id, beside.ToneCountry);
    }

    private static ImmutableSortedDictionary<string, string>? With(ImmutableSortedDictionary<string, string>? values, string id, string? value)
    {
        var known = values ?? ImmutableSortedDictionary<string, string>.Empty;
        return OrNull(value is null ? known.Remove(id) : known.SetItem(id, value));
    }

    // Vendors are lower case and models upper, as phones' files are found by.
    private static string Spelled(string model)
    {
        var slash = model.IndexOf('/', StringComparison.Ordinal);
        return model[..slash] + model[slash..].ToUpperInvariant();
    }

    private static ImmutableSortedDictionary<string, string>? OrNull(ImmutableSortedDictionary<string, string> map) => map.IsEmpty ? null : map;
}
