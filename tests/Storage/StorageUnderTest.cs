using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace SipGateway.Storage.Tests;

/// <summary>The whole storage on a real file, put together as a host does it.</summary>
internal sealed class StorageUnderTest : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly TestEngine _engine;
    private readonly bool _isOwner;

    private StorageUnderTest(ServiceProvider services, TestEngine engine, string place, bool isOwner) =>
        (_services, _engine, Place, _isOwner) = (services, engine, place, isOwner);

    public static DateTimeOffset Noon { get; } = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The directory, or the name of the database.</summary>
    public string Place { get; }

    public string Directory => Place;

    public string DatabasePath => Path.Combine(Directory, "gateway.db");

    public IGrainStorage Grains => _services.GetRequiredKeyedService<IGrainStorage>(StorageNames.Provider);

    public IStorageEngine Engine => Get<IStorageEngine>();

    public IInventoryReader Inventory => Get<IInventoryReader>();

    public static string NewDirectory() => Path.Combine(Path.GetTempPath(), "sipgateway-storage-" + Guid.NewGuid().ToString("n"));

    public static async Task<StorageUnderTest> OpenAsync(
        TestEngine engine, string place, bool isOwner, StorageOptions options, TimeProvider? time, Action<IServiceCollection>? services)
    {
        var collection = new ServiceCollection();
        if (time is not null)
            collection.AddSingleton(time);
        collection.AddSipGatewayStorage(options);
        services?.Invoke(collection);
        var provider = collection.BuildServiceProvider();
        try
        {
            await provider.GetRequiredService<IStorageLifetime>().InitializeAsync();
            return new StorageUnderTest(provider, engine, place, isOwner);
        }
        catch
        {
            await provider.DisposeAsync();
            throw;
        }
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public static GrainId IdOf(string key, string type = "device") => GrainId.Create(type, key);

    public async Task<NoteRecord> ReadAsync(string key, string type = "device")
    {
        var state = new NoteRecord();
        await Grains.ReadStateAsync("state", IdOf(key, type), state);
        return state;
    }

    public Task WriteAsync(string key, NoteRecord state, string type = "device") => Grains.WriteStateAsync("state", IdOf(key, type), state);

    /// <summary>Reads, changes, writes.</summary>
    public async Task<NoteRecord> PutAsync(string key, string note, StateEffects? effects = null, string type = "device")
    {
        var state = await ReadAsync(key, type);
        state.State.Note = note;
        state.State.Effects = effects ?? new StateEffects();
        await WriteAsync(key, state, type);
        return state;
    }

    /// <summary>Asks again until an answer is right; fails after ten seconds.</summary>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> ask, Func<T, bool> right)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            var answer = await ask();
            if (right(answer))
                return answer;
            if (deadline.IsCancellationRequested)
                throw new TimeoutException($"Still {answer} after ten seconds.");
            await timer.WaitForNextTickAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_isOwner)
            await _engine.RemoveAsync(Place);
    }
}
