using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenIddict.Abstractions;
using SipGateway.Trust;

namespace SipGateway.Identity;

/// <summary>Makes the store and the client before the first listener opens.</summary>
internal sealed class DirectoryStart(IServiceScopeFactory scopes, EmbeddedDirectoryOptions options, KeyRing ring) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        DirectoryStoreFile.Prepare(options.DataDirectory);
        await using var scope = scopes.CreateAsyncScope();
        await DirectoryStoreFile.EnsureSchemaAsync(scope.ServiceProvider.GetRequiredService<DirectoryStore>(), cancellationToken);
        var clients = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        var wanted = DirectoryClient.Describe(ring);
        if (await clients.FindByClientIdAsync(DirectoryClient.Id, cancellationToken) is { } known)
        {
            await clients.UpdateAsync(known, wanted, cancellationToken);
        }
        else
        {
            await clients.CreateAsync(wanted, cancellationToken);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
