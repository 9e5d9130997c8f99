using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Configuration;

namespace SipGateway.Hosting;

/// <summary>
/// The way of an edge or an admin API to the silos: an Orleans client beside the host's own parts. Listeners open without waiting for it,
/// and it tries for ever; until it is there, every grain call fails and says so.
/// </summary>
public sealed class ClusterConnection : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    // A new silo takes calls from its first seconds on; one that died is asked for no longer.
    private static readonly TimeSpan GatewayRefreshPeriod = TimeSpan.FromSeconds(2);

    private readonly IHost client;
    private readonly CancellationTokenSource stopping = new();
    private readonly TaskCompletionSource connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task starting = Task.CompletedTask;

    private ClusterConnection(IHost client) => this.client = client;

    /// <summary>Calls grains.</summary>
    public IGrainFactory Grains => client.Services.GetRequiredService<IGrainFactory>();

    /// <summary>Whether silos can be called; false until the first connection.</summary>
    public bool IsConnected => connected.Task.IsCompletedSuccessfully;

    /// <summary>Done at the first connection.</summary>
    public Task Connected => connected.Task;

    /// <summary>Makes the client; <see cref="StartAsync"/> lets it connect.</summary>
    /// <param name="member">Which cluster.</param>
    /// <param name="database">Where the silos are told.</param>
    /// <param name="callTimeout">How long a grain call may take.</param>
    /// <param name="configure">More for the client; null: nothing.</param>
    public static ClusterConnection Create(
        ClusterAccess member, NpgsqlDataSource database, TimeSpan callTimeout, Action<IClientBuilder>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { Args = [] });
        HostSetup.AddLogging(builder.Logging);
        builder.Services.AddSingleton<TimeProvider>(SteadyTime.OfThisProcess);
        builder.UseOrleansClient(orleans =>
        {
            orleans.Configure<ClusterOptions>(o => (o.ServiceId, o.ClusterId) = ("sipgateway", member.ClusterId));
            orleans.Configure<ClientMessagingOptions>(o => o.ResponseTimeout = callTimeout);
            orleans.Configure<GatewayOptions>(o => o.GatewayListRefreshPeriod = GatewayRefreshPeriod);
            orleans.UseAdoNetClustering(o => (o.Invariant, o.DataSource) = ("Npgsql", database));
            orleans.UseConnectionRetryFilter(RetryAsync);
            if (member.Certificates is { } certificates)
            {
                orleans.UseClusterTls(certificates);
            }

            configure?.Invoke(orleans);
        });
        return new ClusterConnection(builder.Build());
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        starting = ConnectAsync();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        try
        {
            await starting;
            await client.StopAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // It never got through.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (client is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }

        stopping.Dispose();
    }

    private async Task ConnectAsync()
    {
        await client.StartAsync(stopping.Token);
        connected.TrySetResult();
    }

    private static async Task<bool> RetryAsync(Exception failure, CancellationToken cancellation)
    {
        await Task.Delay(RetryPause, cancellation);
        return true;
    }
}
