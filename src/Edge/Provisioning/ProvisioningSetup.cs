using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace SipGateway.Edge;

/// <summary>Puts the phones' HTTP side into a host.</summary>
public static class ProvisioningSetup
{
    /// <summary>
    /// Adds provisioning and the vendors. The host registers a <see cref="Trust.KeyRing"/> and an <see cref="IGrainFactory"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The options are wrong; the message has every error.</exception>
    public static IServiceCollection AddEdgeProvisioning(this IServiceCollection services, ProvisioningOptions options)
    {
        if (options.Validate() is { Count: > 0 } errors) throw new ArgumentException(string.Join(' ', errors), nameof(options));
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        foreach (var vendor in Vendors.All)
        {
            services.AddSingleton(vendor);
            services.AddSingleton<INotifyDialect>(vendor);
        }

        services.TryAddSingleton<ICallsInProgress, NoCalls>();
        services.AddSingleton<FirmwareShelf>();
        services.AddHostedService(s => s.GetRequiredService<FirmwareShelf>());
        services.AddSingleton<FirmwareOffers>();
        services.AddSingleton<FirmwareDownloads>();
        services.AddSingleton<VendorAuthorityStore>();
        services.AddHostedService(provider => provider.GetRequiredService<VendorAuthorityStore>());
        services.AddSingleton<FactoryCertificates>();
        services.AddSingleton<FileFactory>();
        services.AddSingleton<FileOwner>();
        services.AddSingleton<SignInScreen>();
        services.AddSingleton<SourceLimits>();
        services.AddSingleton<ProvisioningAnswer>();
        services.AddSingleton<PhoneUploads>();
        services.TryAddSingleton<EdgeAlerts>();
        services.TryAddSingleton<DeviceGrains>();
        services.AddSingleton<MacWalks>();
        services.AddSingleton<ProvisioningMetrics>();
        services.AddSingleton<ProvisioningEndpoint>();
        return services;
    }

    /// <summary>
    /// Maps every path that nothing else answers; for the phones' side: <c>app.MapProvisioning().AnswersOn(Side.Phones)</c>.
    /// </summary>
    public static IEndpointConventionBuilder MapProvisioning(this IEndpointRouteBuilder endpoints)
    {
        var endpoint = endpoints.ServiceProvider.GetRequiredService<ProvisioningEndpoint>();
        return endpoints.MapFallback("{**path}", (RequestDelegate)endpoint.InvokeAsync);
    }
}
