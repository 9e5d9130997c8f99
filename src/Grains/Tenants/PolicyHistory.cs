using System.Collections.Immutable;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Grains;

/// <summary>All that is stored of a policy, in however many places.</summary>
/// <param name="Policy">Its values.</param>
/// <param name="Models">The models that it is for.</param>
/// <param name="FirmwareChannel">Its channel; null: left to the layer below.</param>
internal sealed record PolicyContent(StoredPolicy Policy, ImmutableArray<string> Models, string? FirmwareChannel = null);

/// <summary>What policies were, and which models they are for: both written with the tenant, so that neither can disagree with it.</summary>
internal static class PolicyHistory
{
    /// <summary>The revisions of a policy, newest first.</summary>
    public static IEnumerable<StoredRevision> Of(TenantState state, string policyId) =>
        (state.Revisions ?? []).Where(r => r.PolicyId == policyId).OrderByDescending(r => r.Revision);

    /// <summary>The models that a policy is for.</summary>
    public static ImmutableArray<string> ModelsOf(TenantState state, string policyId) =>
        [.. (state.ModelPolicies ?? ImmutableSortedDictionary<string, string>.Empty).Where(m => m.Value == policyId).Select(m => m.Key)];

    /// <summary>The policy's channel; null: left to the layer below.</summary>
    public static string? ChannelOf(TenantState state, string policyId) => state.FirmwareChannels?.GetValueOrDefault(policyId);

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
            var before = new StoredRevision { PolicyId = id, Revision = 1, AtUtc = now, Actor = "", Policy = first, FirmwareChannel = ChannelOf(next, id) };
            next.Revisions = [.. next.Revisions ?? [], before];
        }

        next.Policies = next.Policies.SetItem(id, content.Policy);
        next.FirmwareChannels = WithChannel(next, id, content.FirmwareChannel);
        var others = (next.ModelPolicies ?? ImmutableSortedDictionary<string, string>.Empty).RemoveRange(ModelsOf(next, id));
        next.ModelPolicies = OrNull(others.SetItems(content.Models.Select(m => KeyValuePair.Create(Spelled(m), id))));
        var revision = new StoredRevision
        {
            PolicyId = id,
            Revision = (Of(next, id).FirstOrDefault()?.Revision ?? 0) + 1,
            AtUtc = now,
            Actor = actor,
            Policy = content.Policy,
            FirmwareChannel = content.FirmwareChannel,
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
        next.FirmwareChannels = WithChannel(next, id, null);
        next.Policies = next.Policies.Remove(id);
    }

    private static ImmutableSortedDictionary<string, string>? WithChannel(TenantState state, string id, string? channel)
    {
        var channels = state.FirmwareChannels ?? ImmutableSortedDictionary<string, string>.Empty;
        return OrNull(channel is null ? channels.Remove(id) : channels.SetItem(id, channel));
    }

    // Vendors are lower case and models upper, as phones' files are found by.
    private static string Spelled(string model)
    {
        var slash = model.IndexOf('/', StringComparison.Ordinal);
        return model[..slash] + model[slash..].ToUpperInvariant();
    }

    private static ImmutableSortedDictionary<string, string>? OrNull(ImmutableSortedDictionary<string, string> map) => map.IsEmpty ? null : map;
}
