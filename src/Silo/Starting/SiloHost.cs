using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using SipGateway.Grains.Devices;
using SipGateway.Hosting;
using SipGateway.Identity;
using SipGateway.Storage;
using SipGateway.Trust;
using SipGateway.Trust.Sides;

namespace SipGateway.Silo;

/// <summary>One silo of a cluster as a process: grains, their storage, due work; health and metrics.</summary>
internal sealed class SiloHost : IRunningHost
{
    private readonly WebApplication app;

    private SiloHost(WebApplication app, string readyLine) => (this.app, ReadyLine) = (app, readyLine);

    /// <inheritdoc/>
    public string ReadyLine { get; }

    /// <summary>Starts everything; returns when the silo is active and every listener is open.</summary>
    /// <exception cref="Exception">It cannot start; <see cref="StartFailure"/> has the words.</exception>
    public static async Task<SiloHost> StartAsync(SiloHostOptions options)
    {
        PortsCheck.EnsureTcp(options.Bind, ("silo-port", options.SiloPort), ("silo-gateway-port", options.GatewayPort));
        PortsCheck.EnsureTcp(options.Ops.Bind, ("ops-port", options.Ops.Port));
        var listeners = new Listeners(certificates: null).AddOps(options.Ops);
        var endpoints = ClusterEndpoints(options);
        var builder = HostSetup.CreateBuilder(listeners, certificates: null, options.Cluster.Certificates);
        builder.Services.AddSingleton<IReferenceClock, DatabaseClock>();
        KeyRing? keys = null;
        CallSignature? signature = null;
        builder.Services.AddSingleton(_ => keys!);
        builder.AddSipGatewaySilo(
            new SiloOptions
            {
                ClusterId = options.Cluster.ClusterId,
                Storage = new StorageOptions { DataDirectory = options.DataDir, Postgres = options.Cluster.Database },
                Devices = new DeviceOptions { RestartDeadline = options.RestartDeadline, Compatibility = options.Compatibility },
            },
            silo =>
            {
                silo.JoinCluster(endpoints);
                silo.Services.AddCallSigning(() => signature!).AddCallChecking(() => signature!);
                if (options.Cluster.Certificates is { } certificates)
                {
                    silo.UseClusterTls(certificates);
                }
            });
        builder.Services.AddSignInAuthorities(SignIn(options));
        var app = builder.Build();
        app.UseRouting();
        app.UseSides();
        app.MapHealth(services => services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.IsCancellationRequested
            && services.GetRequiredService<SightBoard>().HasDatabase);
        try
        {
            await app.Services.GetRequiredService<IStorageLifetime>().InitializeAsync();
            var database = app.Services.GetRequiredService<NpgsqlDataSource>();
            keys = await ClusterKeyRing.LoadOrCreateAsync(database, options.Cluster.MasterKey);
            signature = await ClusterCallKey.LoadOrCreateAsync(database, options.Cluster.MasterKey);
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new SiloHost(app, Hosting.ReadyLine.Format(
            [("silo", endpoints.Silo), ("gateway", endpoints.Gateway), .. listeners.All]));
    }

    /// <inheritdoc/>
    public async Task<string?> WaitForStopAsync()
    {
        await app.WaitForShutdownAsync();
        return StopCause.Of(app.Services.GetServices<IHostedService>());
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static SiloEndpoints ClusterEndpoints(SiloHostOptions options) => new(
        options.Bind,
        new IPEndPoint(options.Advertised, options.SiloPort == 0 ? FreePort(options.Bind) : options.SiloPort),
        new IPEndPoint(options.Advertised, options.GatewayPort == 0 ? FreePort(options.Bind) : options.GatewayPort));

    // Orleans tells others its port before it listens, so that "any free one" is found here.
    private static int FreePort(IPAddress address)
    {
        using var probe = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(address, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }

    private static IdentityOptions SignIn(SiloHostOptions options) => new()
    {
        DataDirectory = options.DataDir,
        Embedded = new EmbeddedAuthorityOptions
        {
            BaseAddress = () => options.SignInAuthority,
            TrustedRoots = options.SignInCa.Length == 0 ? null : () => Roots(options.SignInCa),
            SignInAddress = options.SignInUrl.Length == 0 ? null : () => new Uri(options.SignInUrl),
        },
    };

    private static X509Certificate2Collection Roots(string path)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(path);
        return roots;
    }
}
