using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Storage;

namespace SipGateway.Storage;

/// <summary>Registers the storage.</summary>
public static class StorageServiceCollectionExtensions
{
    /// <summary>
    /// Adds the storage on SQLite: the Orleans provider <see cref="StorageNames.Provider"/>, every reader and writer of this project, and
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
        AddSqlite(services);
        AddWriting(services);
        services.AddSingleton<StorageLifetime>();
        services.AddSingleton<IStorageLifetime>(provider => provider.GetRequiredService<StorageLifetime>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<StorageLifetime>());
        return services;
    }

    private static void AddSqlite(IServiceCollection services)
    {
        services.AddSingleton<SqliteEngine>();
        services.AddSingleton<IStorageEngine>(provider => provider.GetRequiredService<SqliteEngine>());
        services.AddSingleton<IInventoryReader, SqliteInventory>();
        services.AddSingleton<IAuditReader, SqliteAuditReader>();
        services.AddSingleton<IDeviceEventReader, SqliteEventReader>();
        services.AddSingleton<SqliteFeeds>();
        services.AddSingleton<IChangeFeed>(provider => provider.GetRequiredService<SqliteFeeds>());
        services.AddSingleton<IRevocationReader>(provider => provider.GetRequiredService<SqliteFeeds>());
        services.AddSingleton<IDueReader>(provider => provider.GetRequiredService<SqliteFeeds>());
    }

    private static void AddWriting(IServiceCollection services)
    {
        services.AddSingleton<GroupCommit>();
        services.AddSingleton<AuditSealer>();
        services.AddSingleton<JournalPruning>();
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
