using Microsoft.AspNetCore.Builder;

namespace SipGateway.AdminApi;

/// <summary>All endpoints of the admins' side together, so that the host can say on which side they answer.</summary>
public sealed class AdminApiEndpoints : IEndpointConventionBuilder
{
    private readonly IEndpointConventionBuilder[] _parts;

    internal AdminApiEndpoints(params IEndpointConventionBuilder[] parts) => _parts = parts;

    /// <inheritdoc/>
    public void Add(Action<EndpointBuilder> convention)
    {
        foreach (var part in _parts)
        {
            part.Add(convention);
        }
    }

    /// <inheritdoc/>
    public void Finally(Action<EndpointBuilder> finallyConvention)
    {
        foreach (var part in _parts)
        {
            part.Finally(finallyConvention);
        }
    }
}
