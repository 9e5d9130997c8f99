using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using SipGateway.Trust;

namespace SipGateway.Identity;

/// <summary>
/// Makes the directory's file before the first listener opens: what is wrong with the folder or the file ends the start. Its tables and its client
/// take a quarter of all the work of a start, and phones do not wait for them: they are made when somebody first signs in, or some time after
/// the start.
/// </summary>
internal sealed partial class DirectoryStart(
    IServiceScopeFactory scopes, EmbeddedDirectoryOptions options, KeyRing ring, TimeProvider time, ILogger<DirectoryStart> logger)
    : BackgroundService, IHostedLifecycleService
{
    // Phones that come back after a restart are served first.
    private static readonly TimeSpan AfterStart = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _one = new(1, 1);
    private volatile bool _isReady;

    /// <summary>Waits until there are the tables and the client.</summary>
    public async ValueTask ReadyAsync(CancellationToken cancellation)
    {
        if (_isReady) return;
        await _one.WaitAsync(cancellation);
        try
        {
            if (!_isReady) await MakeAsync();
            _isReady = true;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        DirectoryStoreFile.Prepare(options.DataDirectory);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(AfterStart, time, stoppingToken);
        try
        {
            await ReadyAsync(stoppingToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogNotReady(failure);
        }
    }

    // Whoever asked first may go away; the others wait for the same.
    private async Task MakeAsync()
    {
        await using var scope = scopes.CreateAsyncScope();
        await DirectoryStoreFile.EnsureSchemaAsync(scope.ServiceProvider.GetRequiredService<DirectoryStore>(), CancellationToken.None);
        var clients = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        var wanted = DirectoryClient.Describe(ring);
        if (await clients.FindByClientIdAsync(DirectoryClient.Id) is { } known)
        {
            await clients.UpdateAsync(known, wanted);
        }
        else
        {
            await clients.CreateAsync(wanted);
        }
    }

    [LoggerMessage(EventId = 4102, Level = LogLevel.Error,
        Message = "The embedded directory's file cannot be used: nobody can sign in until it can. It is tried again with each sign-in.")]
    private partial void LogNotReady(Exception failure);
}
