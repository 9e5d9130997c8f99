using SipGateway.Admin.V1;

namespace SipGateway.Portal;

/// <summary>Which phones have a policy, by each way in which they come to it.</summary>
internal static class PolicyReach
{
    /// <summary>The tenant's own layer.</summary>
    public const string Default = "default";

    /// <summary>By tenant, sites and models; those of users and phones that name it by themselves are in no list.</summary>
    /// <param name="admin">Asks.</param>
    /// <param name="policyId">The policy.</param>
    /// <param name="models">Its models, as they were and as they become.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<IReadOnlyList<Reach>> OfAsync(AdminClient admin, string policyId, IEnumerable<string> models, CancellationToken cancellation)
    {
        if (policyId == Default)
        {
            return [await admin.ReachAsync(Texts.PoliciesByTenant, "", cancellation)];
        }

        var reached = new List<Reach>();
        foreach (var site in (await admin.AllSitesAsync(cancellation)).Where(site => site.Policy == policyId))
        {
            reached.Add(await admin.ReachAsync(Texts.PoliciesBySite(site.SiteId), $"site = {Areas.Quoted(site.SiteId)}", cancellation));
        }

        foreach (var model in models.Distinct(StringComparer.OrdinalIgnoreCase).Where(model => model.Contains('/', StringComparison.Ordinal)))
        {
            reached.Add(await admin.ReachAsync(Texts.PoliciesByModel(model), FilterOf(model), cancellation));
        }

        return reached;
    }

    /// <summary>Where a policy stands among the layers, in words.</summary>
    public static IReadOnlyList<string> PlacesOf(Policy policy, IEnumerable<Site> sites) =>
        policy.PolicyId == Default ? [Texts.PoliciesTenantLayer]
        : [
            .. sites.Where(site => site.Policy == policy.PolicyId).Select(site => Texts.PoliciesBySite(site.SiteId)),
            .. policy.Models.Select(Texts.PoliciesByModel),
        ];

    private static string FilterOf(string model)
    {
        var slash = model.IndexOf('/', StringComparison.Ordinal);
        var vendor = $"vendor = {Areas.Quoted(model[..slash])}";
        return model[(slash + 1)..] is "*" ? vendor : $"{vendor} AND model = {Areas.Quoted(model[(slash + 1)..])}";
    }
}
