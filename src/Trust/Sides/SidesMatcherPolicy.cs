using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;

namespace SipGateway.Trust.Sides;

/// <summary>
/// Takes endpoints of other sides out of the choice, where a path leads to endpoints of several: <c>/</c> is the portal's for administrators and
/// provisioning's for phones. Paths with endpoints of one kind cost nothing here; <see cref="SideExtensions.UseSides"/> judges them.
/// </summary>
internal sealed class SidesMatcherPolicy : MatcherPolicy, IEndpointSelectorPolicy
{
    /// <inheritdoc/>
    public override int Order => 0;

    /// <inheritdoc/>
    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) =>
        endpoints.Select(SidesOf).Distinct(StringComparer.Ordinal).Take(2).Count() > 1;

    /// <inheritdoc/>
    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        for (var i = 0; i < candidates.Count; i++)
        {
            if (candidates.IsValidCandidate(i) && !SideExtensions.IsAllowed(httpContext, candidates[i].Endpoint))
            {
                candidates.SetValidity(i, value: false);
            }
        }

        return Task.CompletedTask;
    }

    private static string SidesOf(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<SideExtensions.EndpointSides>() is { } named ? string.Join(',', named.Sides.Order()) : "";
}
