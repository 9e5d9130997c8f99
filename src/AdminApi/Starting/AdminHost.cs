using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using SipGateway.Grains.Interfaces;
using SipGateway.Hosting;
using SipGateway.Identity;
using SipGateway.Portal;
using SipGateway.Storage;
using SipGateway.Trust;
using SipGateway.Trust.Sides;

namespace SipGateway.AdminApi;

/// <summary>The admins' side of a cluster as a process: gRPC and REST, the portal, and the embedded directory with its sign-in page.</summary>
internal sealed class AdminHost : IRunningHost
{
    private const string DefaultTenant = "default";
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(4);

    private readonly WebApplication app;
    private readonly ClusterConnection cluster;

    private AdminHost(WebApplication app, ClusterConnection cluster, string readyLine) =>
        (this.app, this.cluster, ReadyLine) = (app, cluster, readyLine);

    /// <inheritdoc/>
    public string ReadyLine { get; }

    /// <summary>Starts everything; returns when every listener is open. It waits for the database and its schema, and for no silo.</summary>
    /// <exception cref="Exception">It cannot start; <see cref="StartFailure"/> has the words.</exception>
    public static async Task<AdminHost> StartAsync(AdminHostOptions options)
    {
        PortsCheck.Ensure(options.Admins);
        PortsCheck.EnsureTcp(options.PeopleBind, ("people-port", options.PeoplePort));
        var certificates = ServerCertificates.Open(options.Certificate, TimeProvider.System);
        var listeners = new Listeners(certificates).AddAdmins(options.Admins).AddPeople(options.PeopleBind, options.PeoplePort);
        var adminKey = AdminApi.AdminKeyFile.LoadOrCreate(options.AdminKeyFile);
        var database = PostgresDataSource.Create(options.Cluster.Database);
        CallSignature? signature = null;
        var cluster = ClusterConnection.Create(
            options.Cluster, database, CallTimeout, client => client.Services.AddGrainExceptions().AddCallSigning(() => signature!));
        var builder = HostSetup.CreateBuilder(listeners, certificates, options.Cluster.Certificates);
        KeyRing? keys = null;
        builder.Services.AddSingleton(_ => keys!);
        builder.Services.AddSingleton(database);
        builder.Services.AddSingleton<IReferenceClock, DatabaseClock>();
        builder.Services.AddSingleton(cluster.Grains);
        builder.Services.AddSingleton<IHostedService>(cluster);
        builder.Services.AddSipGatewayStorage(
            new StorageOptions { DataDirectory = options.DataDir, Postgres = options.Cluster.Database, DoesUpkeep = false });
        builder.Services.AddEmbeddedDirectory(new EmbeddedDirectoryOptions { DataDirectory = options.DataDir });
        builder.Services.AddAdminApi(new AdminApiOptions { Key = adminKey, NamedKeysPath = options.NamedKeysPath, Oidc = options.Oidc });
        builder.Services.AddPortal(new PortalOptions
        {
            Api = () => listeners.AddressOf("grpc", options.Admins.IsAdminTls), ApiCertificate = () => certificates.Current.TargetCertificate,
            Oidc = PortalSignIn.Of(options.Oidc),
        });
        builder.Services.AddSingleton(cluster);
        builder.Services.AddHostedService<DefaultTenantStart>();
        var app = builder.Build();
        try
        {
            await WaitForSchemaAsync(app.Services.GetRequiredService<IStorageLifetime>());
            keys = await ClusterKeyRing.LoadOrCreateAsync(database, options.Cluster.MasterKey);
            signature = await ClusterCallKey.LoadOrCreateAsync(database, options.Cluster.MasterKey);

            // Endpoints are made with the keys.
            Map(app, options);
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new AdminHost(app, cluster, Hosting.ReadyLine.Format(listeners.All));
    }

    /// <inheritdoc/>
    public async Task<string?> WaitForStopAsync()
    {
        await app.WaitForShutdownAsync();
        return StopCause.Of(app.Services.GetServices<IHostedService>());
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await cluster.DisposeAsync();
    }

    /// <summary>Each endpoint with the sides it answers on; the default is deny.</summary>
    private static void Map(WebApplication app, AdminHostOptions options)
    {
        app.UseForwardedHeaders(Forwarded(options));
        app.UseRouting();
        app.UseSides();
        app.UsePortal();
        app.Use(RefuseWithoutClusterAsync);
        app.MapEmbeddedDirectory().AnswersOn(Side.People);
        app.MapAdminApi().AnswersOn(Side.Admin);
        app.MapPortal().AnswersOn(Side.Admin);
        app.MapHealth(services => services.GetRequiredService<ClusterConnection>().IsConnected);
    }

    // Before the first connection not even the grains' names are known. The portal's pages say so themselves: they call the API.
    private static Task RefuseWithoutClusterAsync(HttpContext http, RequestDelegate next) =>
        http.RequestServices.GetRequiredService<ClusterConnection>().IsConnected || http.Request.Path.StartsWithSegments("/health")
            || http.Request.Path.StartsWithSegments("/metrics") || http.GetEndpoint()?.Metadata.GetMetadata<PortalEndpoint>() is not null
            ? next(http)
            : ErrorReply.WriteAsync(http, AdminErrors.Unavailable("The cluster is not reachable yet."));

    private static ForwardedHeadersOptions Forwarded(AdminHostOptions options)
    {
        var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = 1 };
        forwarded.KnownIPNetworks.Clear();
        forwarded.KnownProxies.Clear();
        foreach (var network in options.TrustedProxies)
        {
            forwarded.KnownIPNetworks.Add(network);
        }

        return forwarded;
    }

    // Processes of a cluster are started in any order; the schema is the first silo's work.
    private static async Task WaitForSchemaAsync(IStorageLifetime storage)
    {
        for (var tries = 1;; tries++)
        {
            try
            {
                await storage.InitializeAsync();
                return;
            }
            catch (StorageStartException e)
            {
                if (tries == 1)
                {
                    await Console.Error.WriteLineAsync($"sipgateway: waiting: {e.Message}");
                }

                await Task.Delay(RetryPause);
            }
        }
    }

    /// <summary>Makes the tenant that everything defaults to, once silos can be called.</summary>
    private sealed class DefaultTenantStart(ClusterConnection cluster, IGrainFactory grains) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            var admin = new AdminContext { Tenant = DefaultTenant, Actor = "gateway", CommandId = "first-start" };
            await cluster.Connected.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (!stoppingToken.IsCancellationRequested)
            {
                try
                {
                    await grains.GetGrain<ITenantGrain>(DefaultTenant).Ensure(admin);
                    return;
                }
                catch (Exception e) when (e is OrleansException or TimeoutException)
                {
                    await Task.Delay(RetryPause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
        }
    }
}
