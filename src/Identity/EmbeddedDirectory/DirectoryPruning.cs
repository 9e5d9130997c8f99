using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;

namespace SipGateway.Identity;

/// <summary>Removes codes and tokens that ended.</summary>
internal sealed partial class DirectoryPruning(
    IServiceScopeFactory scopes, DirectoryStart start, EmbeddedDirectoryOptions options, TimeProvider time, ILogger<DirectoryPruning> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.PruningInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await PruneAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogPruningFailed(e);
            }
        }
    }

    /// <summary>An ended code is kept for another lifetime, so that the page can say "used" or "expired" and not "unknown".</summary>
    internal async Task<long> PruneAsync(CancellationToken cancellation)
    {
        await start.ReadyAsync(cancellation);
        await using var scope = scopes.CreateAsyncScope();
        var tokens = scope.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>();
        return await tokens.PruneAsync(time.GetUtcNow() - (2 * options.CodeLifetime), cancellation);
    }

    [LoggerMessage(EventId = 4101, Level = LogLevel.Warning,
        Message = "Ended pairing codes could not be removed; sign-in goes on, and it is tried again at the next interval.")]
    private partial void LogPruningFailed(Exception exception);
}
