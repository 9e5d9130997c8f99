using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace SipGateway.Grains;

/// <summary>What the grains need of their silo beside storage, key ring and the runner of sign-ins.</summary>
public static class GrainsSetup
{
    /// <summary>Registers the silo's cache of tenants and the clock.</summary>
    public static IServiceCollection AddSipGatewayGrains(this IServiceCollection services, TenantCacheOptions? tenants = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(tenants ?? new TenantCacheOptions());
        services.AddSingleton<ITenantCache, TenantCache>();
        return services;
    }
}
