using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Storage;

namespace SipGateway.Storage;

/// <summary>Registers the storage.</summary>
public static class StorageServiceCollectionExtensions
{
    /// <summary>
    /// Adds the storage, on SQLite or PostgreSQL: the Orleans provider <see cref="StorageNames.Provider"/>, every reader and writer of this project, and
    /// <see cref="IStorageLifetime"/>, whose <see cref="IStorageLifetime.InitializeAsync"/> the host may call early.
    /// </summary>
    /// <exception cref="ArgumentException">The options are wrong; the message has every error.</exception>
    public static IServiceCollection AddSipGatewayStorage(this IServiceCollection services, StorageOptions options)
    {
        if (options.Validate() is { Count: > 0 } errors)
            throw new ArgumentException(string.Join(' ', errors), nameof(options));
        services.AddMetrics();
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<StorageMetrics>();
        AddEngine(services, options.Postgres);
        AddReading(services);
        AddWriting(services);
        services.AddSingleton<StorageLifetime>();
        services.AddSingleton<IStorageLifetime>(provider => provider.GetRequiredService<StorageLifetime>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<StorageLifetime>());
        return services;
    }

    private static void AddEngine(IServiceCollection services, PostgresOptions? postgres)
    {
        if (postgres is null)
        {
            services.AddEngine<SqliteEngine, SqliteFeeds>();
            return;
        }

        services.TryAddSingleton(_ => PostgresDataSource.Create(postgres));
        services.AddEngine<PostgresEngine, PostgresFeeds>();
    }

    private static void AddEngine<TEngine, TFeeds>(this IServiceCollection services)
        where TEngine : class, IStorageEngine, IReadRows
        where TFeeds : class, IChangeFeed, IRevocationReader, IDueReader
    {
        services.AddSingleton<TEngine>();
        services.AddSingleton<IStorageEngine>(provider => provider.GetRequiredService<TEngine>());
        services.AddSingleton<IReadRows>(provider => provider.GetRequiredService<TEngine>());
        services.AddSingleton<TFeeds>();
        services.AddSingleton<IChangeFeed>(provider => provider.GetRequiredService<TFeeds>());
        services.AddSingleton<IRevocationReader>(provider => provider.GetRequiredService<TFeeds>());
        services.AddSingleton<IDueReader>(provider => provider.GetRequiredService<TFeeds>());
    }

    private static void AddReading(IServiceCollection services)
    {
        services.AddSingleton<IInventoryReader, InventoryReader>();
        services.AddSingleton<IAuditReader, AuditReader>();
        services.AddSingleton<IDeviceEventReader, DeviceEventReader>();
        services.AddSingleton<FleetHistory>();
        services.AddSingleton<IFleetHistoryReader>(provider => provider.GetRequiredService<FleetHistory>());
    }

    private static void AddWriting(IServiceCollection services)
    {
        services.AddSingleton<GroupCommit>();
        services.AddSingleton<AuditSealer>();
        services.AddSingleton<JournalPruning>();
        services.AddSingleton<FleetSampling>();
        services.AddSingleton<AuditWriter>();
        services.AddSingleton<IAuditWriter>(provider => provider.GetRequiredService<AuditWriter>());
        services.AddSingleton<DeviceEventQueue>();
        services.AddSingleton<IDeviceEventWriter>(provider => provider.GetRequiredService<DeviceEventQueue>());
        services.AddSingleton<ContactStore>();
        services.AddSingleton<IContactStore>(provider => provider.GetRequiredService<ContactStore>());
        services.AddSingleton<IBindingStore, BindingStore>();
        services.AddKeyedSingleton<IGrainStorage>(
            StorageNames.Provider,
            (provider, _) => ActivatorUtilities.CreateInstance<GroupCommitStorage>(provider));
    }
}
