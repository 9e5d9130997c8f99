using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using SipGateway.Grains.Interfaces;
using SipGateway.Hosting;
using SipGateway.Storage;
using SipGateway.Trust.Sides;

namespace SipGateway.Edge;

/// <summary>One edge of a cluster as a process: SIP and provisioning for phones, the way to the silos; health and metrics.</summary>
internal sealed class EdgeHost : IRunningHost
{
    private readonly WebApplication app;
    private readonly ClusterConnection cluster;
    private readonly NpgsqlDataSource database;

    private EdgeHost(WebApplication app, ClusterConnection cluster, NpgsqlDataSource database, string readyLine) =>
        (this.app, this.cluster, this.database, ReadyLine) = (app, cluster, database, readyLine);

    /// <inheritdoc/>
    public string ReadyLine { get; }

    /// <summary>Starts everything; returns when every listener is open. It waits for the key ring, and for no silo.</summary>
    /// <exception cref="Exception">It cannot start; <see cref="StartFailure"/> has the words.</exception>
    public static async Task<EdgeHost> StartAsync(EdgeHostOptions options)
    {
        PortsCheck.Ensure(options.Phones);
        PortsCheck.EnsureTcp(options.Ops.Bind, ("ops-port", options.Ops.Port));
        var certificates = ServerCertificates.Open(options.Phones.Certificate, TimeProvider.System);
        var listeners = new Listeners(certificates)
            .AddPhones(options.Phones, Side.People).AddOps(options.Ops);
        var database = PostgresDataSource.Create(options.Cluster.Database);
        var keys = await ClusterKeyRing.WaitForAsync(
            database, options.Cluster.MasterKey, TimeProvider.System, why => Console.Error.WriteLine($"sipgateway: {why}"), CancellationToken.None);
        var cluster = ClusterConnection.Create(
            options.Cluster, database, new EdgeSipLimits().GrainCallDeadline, client => client.Services.AddGrainExceptions());
        var builder = HostSetup.CreateBuilder(listeners, certificates, options.Cluster.Certificates);
        builder.Services.PostConfigure<HostOptions>(o => o.ShutdownTimeout += options.DrainTime);
        builder.Services.AddSingleton<IReferenceClock>(new DatabaseClock(database));
        builder.Services.AddSingleton(keys);
        builder.Services.AddSingleton(cluster.Grains);
        builder.Services.AddSingleton<IHostedService>(cluster);
        var parts = new EdgeParts(options, certificates, listeners);
        parts.Register(builder.Services);
        var app = builder.Build();
        parts.Map(app);
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        var sip = app.Services.GetRequiredService<SipEdge>();
        return new EdgeHost(app, cluster, database, Hosting.ReadyLine.Format(
            [("sip", sip.UdpEndPoint), ("sips", sip.TlsEndPoint!), .. listeners.All]));
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
        await database.DisposeAsync();
    }
}
