using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using Orleans.Runtime;
using SipGateway.Storage;

namespace SipGateway.Silo;

/// <summary>Silos of a cluster look after each other.</summary>
internal static class WatchingSetup
{
    /// <summary>What a silo answers the others.</summary>
    public static void AddSiloSight(this ISiloBuilder silo, PostgresOptions database)
    {
        silo.Services.AddSingleton<SightBoard>();
        silo.Services.AddSingleton<ISiloWatchClient, SiloWatchClient>();
        silo.Services.AddSingleton<IHostedService>(services => ActivatorUtilities.CreateInstance<DatabaseProbe>(services, database));
        silo.Services.AddSingleton<IFatalErrorHandler, SiloEnd>();
        silo.AddGrainService<SiloWatchService>();
    }

    /// <summary>Asking them; after Orleans.</summary>
    public static void AddSiloWatch(this IServiceCollection services) => services.AddHostedService<SiloWatch>();
}
