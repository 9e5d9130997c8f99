using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;
using SipGateway.Grains;
using SipGateway.Grains.Interfaces;
using SipGateway.Storage;

namespace SipGateway.Silo;

/// <summary>Puts a silo together.</summary>
public static class SiloSetup
{
    /// <summary>The port the silo is known by inside its own process. Nothing listens there: a silo that is alone never dials itself.</summary>
    private const int NominalSiloPort = 11_111;

    /// <summary>
    /// Adds a silo to the host: storage (open before grains, flushed after them), grains, due work and the runner of sign-ins. The host has
    /// registered a
    /// <see cref="Trust.KeyRing"/> and its <see cref="Identity.ISignInAuthority"/>s. A <see cref="TimeProvider"/> that the host registered
    /// before is kept.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="options">How it runs.</param>
    /// <param name="clustering">Joins other silos: endpoints and membership. Null: the embedded gateway, one silo that any number of others
    /// may run beside.</param>
    /// <exception cref="ArgumentException">The options are wrong; the message has every error.</exception>
    public static IHostApplicationBuilder AddSipGatewaySilo(this IHostApplicationBuilder builder, SiloOptions options, Action<ISiloBuilder>? clustering = null)
    {
        if (options.Validate() is { Count: > 0 } errors) throw new ArgumentException(string.Join(' ', errors), nameof(options));
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(options.Devices);
        builder.Services.AddGrainExceptions();
        builder.Services.AddSipGatewayStorage(options.Storage);
        builder.Services.AddSipGatewayGrains(new TenantCacheOptions { MaxAge = options.TenantMaxAge });
        var shared = clustering is null ? null : options.Storage.Postgres;
        builder.UseOrleans(silo =>
        {
            (clustering ?? Alone)(silo);
            Configure(silo, options);
            if (shared is not null) silo.AddSiloSight(shared);
        });
        // After Orleans: they start when grains can be called, and stop before grains go.
        builder.Services.AddSipGatewayBackgroundWork();
        if (shared is not null) builder.Services.AddSiloWatch();
        Quieten(builder.Logging);
        return builder;
    }

    private static void AddSipGatewayBackgroundWork(this IServiceCollection services)
    {
        services.AddSingleton<SignInRunner>();
        services.AddSingleton<ISignInRunner>(provider => provider.GetRequiredService<SignInRunner>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<SignInRunner>());
        services.AddSingleton<IActiveSilos, ActiveSilos>();
        services.AddHostedService<DueWork>();
    }

    private static void Configure(ISiloBuilder silo, SiloOptions options)
    {
        silo.Configure<ClusterOptions>(o =>
        {
            o.ServiceId = options.ServiceId;
            o.ClusterId = options.ClusterId;
        });
        silo.Configure<SiloMessagingOptions>(o => o.ResponseTimeout = options.CallTimeout);
        silo.Configure<ClientMessagingOptions>(o => o.ResponseTimeout = options.CallTimeout);
        silo.Configure<GrainCollectionOptions>(o => o.CollectionAge = options.IdleTime);
    }

    // The silo listens on a port that the kernel picks, and no gateway is opened, so that two gateways on one machine never meet.
    private static void Alone(ISiloBuilder silo)
    {
        silo.UseLocalhostClustering(siloPort: NominalSiloPort, gatewayPort: 0);
        silo.Configure<EndpointOptions>(o =>
        {
            o.GatewayPort = 0;
            o.GatewayListeningEndpoint = null;
            o.SiloListeningEndpoint = new IPEndPoint(IPAddress.Loopback, 0);
        });
    }

    private static void Quieten(ILoggingBuilder logging)
    {
        logging.AddFilter("Orleans", LogLevel.Warning);
        logging.AddFilter("Microsoft.Orleans", LogLevel.Warning);
        // Reports a thread that "has not completed for" the whole uptime at the first check of a healthy start.
        logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
        // Tells of each range of a ring that nothing here is spread over.
        logging.AddFilter("SipGateway.Silo.SiloWatchService", LogLevel.Warning);
        // Advises server GC at every start; which one is better is the host's measured choice.
        logging.AddFilter("Orleans.Runtime.Silo", LogLevel.Error);
    }
}
