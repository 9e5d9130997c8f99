using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;
using SipGateway.Grains.Interfaces;
using SipGateway.Storage;
using SipGateway.Trust;

namespace SipGateway.Grains.Tests.Devices;

/// <summary>A real silo with the real grains on a real SQLite file.</summary>
internal sealed class DeviceSilo : IAsyncDisposable
{
    private readonly IHost host;

    private DeviceSilo(IHost host) => this.host = host;

    public IGrainFactory Grains => host.Services.GetRequiredService<IGrainFactory>();

    public IInventoryReader Inventory => host.Services.GetRequiredService<IInventoryReader>();

    public IDeviceEventReader Events => host.Services.GetRequiredService<IDeviceEventReader>();

    public KeyRing Ring => host.Services.GetRequiredService<KeyRing>();

    public AskedSignIns SignIns => (AskedSignIns)host.Services.GetRequiredService<ISignInRunner>();

    public IDeviceGrain Phone => Grains.GetGrain<IDeviceGrain>(Life.Mac);

    public static async Task<DeviceSilo> StartAsync(string directory, KeyRing ring)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(ring);
        builder.Services.AddSingleton<ISignInRunner, AskedSignIns>();
        builder.Services.AddSipGatewayStorage(new StorageOptions { DataDirectory = directory });
        builder.Services.AddSipGatewayGrains();
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(siloPort: 11_111, gatewayPort: 0);
            silo.Configure<EndpointOptions>(o =>
            {
                o.GatewayPort = 0;
                o.GatewayListeningEndpoint = null;
                o.SiloListeningEndpoint = new IPEndPoint(IPAddress.Loopback, 0);
            });
        });
        var host = builder.Build();
        await host.StartAsync();
        var silo = new DeviceSilo(host);
        await silo.Grains.GetGrain<ITenantGrain>("acme").Ensure(new AdminContext { Tenant = "acme", Actor = "gateway", CommandId = "ensure" });
        return silo;
    }

    public async Task<IReadOnlyList<DeviceEventRow>> EventsAsync(string tenant) =>
        (await host.Services.GetRequiredService<IDeviceEventReader>().ListAsync(tenant, Life.Mac, 100, null, CancellationToken.None)).Items;

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }
}

/// <summary>Keeps what the grain asked for; the authority's steps are told by the test.</summary>
internal sealed class AskedSignIns : ISignInRunner
{
    public ConcurrentQueue<SignInAttempt> Attempts { get; } = [];

    public void Ensure(SignInAttempt attempt) => Attempts.Enqueue(attempt);
}
