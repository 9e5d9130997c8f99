using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SipGateway.Storage;

/// <summary>When the storage opens and closes.</summary>
public interface IStorageLifetime
{
    /// <summary>Opens the database and brings its schema up to date; a second call does nothing. The host calls it before anything needs
    /// storage, so that a bad data directory is told at once; without a call it happens before any hosted service starts.</summary>
    /// <exception cref="StorageStartException">The storage cannot be used; the message says why and what to do.</exception>
    Task InitializeAsync(CancellationToken cancellation = default);
}

/// <summary>
/// Opens before every hosted service starts, closes after every one has stopped, Orleans included: whatever grains write while they
/// deactivate is still taken and flushed. The order of registration does not matter.
/// </summary>
internal sealed partial class StorageLifetime(
    IStorageEngine engine,
    GroupCommit commit,
    DeviceEventQueue events,
    ContactStore contacts,
    AuditSealer sealer,
    JournalPruning pruning,
    FleetSampling sampling,
    StorageOptions options,
    ILogger<StorageLifetime> logger) : IStorageLifetime, IHostedLifecycleService, IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private bool _open;

    public async Task InitializeAsync(CancellationToken cancellation = default)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (_open)
                return;
            await engine.OpenAsync(cancellation);
            commit.Start();
            events.Start();
            contacts.Start();
            if (options.DoesUpkeep)
            {
                sealer.Start();
                pruning.Start();
                sampling.Start();
            }

            _open = true;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Flushes every queue and closes the database; a second call does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        try
        {
            if (!_open)
                return;
            _open = false;
            await sampling.StopAsync();
            await pruning.StopAsync();
            await events.StopAsync();
            await contacts.StopAsync();
            await commit.StopAsync();
            await sealer.StopAsync();
            await engine.CloseAsync();
            LogClosed(logger);
        }
        finally
        {
            _turn.Release();
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => InitializeAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Not cut short by the host's patience: what waits is acknowledged to nobody yet, and takes milliseconds.
    public Task StoppedAsync(CancellationToken cancellationToken) => DisposeAsync().AsTask();

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "The storage is flushed and closed")]
    private static partial void LogClosed(ILogger logger);
}
