using Grpc.Core;
using SipGateway.Grains.Interfaces;

namespace SipGateway.AdminApi;

/// <summary>Which regions there are: those that edges stand in.</summary>
internal sealed class EdgeRegions(IGrainFactory grains)
{
    /// <summary>Refuses a region that no edge stands in: a name mistyped would send phones anywhere, and nobody would notice.</summary>
    public async Task EnsureThereAsync(string region)
    {
        // What is no name at all is told as such by the tenant.
        if (!RegionName.IsValid(region))
        {
            return;
        }

        var edges = await grains.GetGrain<IEdgeListGrain>(IEdgeListGrain.Key).List();
        var known = edges.Select(e => e.Facts.Region).Where(r => r.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (!known.Contains(region))
        {
            var there = known.Count == 0 ? "The edges that are there are in none" : $"The edges that are there are in {string.Join(", ", known)}";
            throw AdminErrors.Make(
                StatusCode.FailedPrecondition, "REGION_UNKNOWN",
                $"No edge stands in a region '{region}', so no phone can be sent to it. {there}. "
                    + $"Take one of these, or start an edge with --region {region} first.");
        }
    }
}
