using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using SipGateway.AdminApi;
using SipGateway.Grains;
using SipGateway.Hosting;
using SipGateway.Storage;
using SipGateway.Trust;
using SipGateway.Trust.Sides;

namespace SipGateway.AdminApi.Running;

/// <summary>The admins' side on real Kestrel with a silo in the process, the real storage, and phones that need no edge.</summary>
public class RunningAdminApi : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sipgw-admin-").FullName;
    private WebApplication? _app;

    public string KeyPath => Path.Combine(_directory, "admin.key");

    public string NamedKeysPath => Path.Combine(_directory, AdminKeysFile.DefaultName);

    public string Key => File.ReadAllText(KeyPath).Trim();

    public Uri Rest { get; private set; } = null!;

    public Uri Grpc { get; private set; } = null!;

    public IServiceProvider Services => _app!.Services;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, l => Tag(l, HttpProtocols.Http1));
            kestrel.Listen(IPAddress.Loopback, 0, l => Tag(l, HttpProtocols.Http2));
        });
        builder.UseOrleans(silo => silo.UseLocalhostClustering(FreePort(), FreePort()));
        AddServices(builder.Services, await OidcAsync());
        _app = builder.Build();
        _app.UseRouting();
        _app.UseSides();
        _app.MapAdminApi().AnswersOn(Side.Admin);
        await _app.StartAsync();
        var addresses = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToArray();
        Rest = new Uri(addresses[0]);
        Grpc = new Uri(addresses[1]);
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>The server whose people may administer.</summary>
    protected virtual Task<AdminOidcOptions?> OidcAsync() => Task.FromResult<AdminOidcOptions?>(null);

    private void AddServices(IServiceCollection services, AdminOidcOptions? oidc)
    {
        services.AddSingleton(KeyRing.Create());
        services.AddSipGatewayStorage(new StorageOptions { DataDirectory = _directory, AuditSealPeriod = TimeSpan.FromMilliseconds(50) });
        services.AddSipGatewayGrains();
        services.AddAdminApi(new AdminApiOptions
        {
            Key = AdminKeyFile.LoadOrCreate(KeyPath),
            NamedKeysPath = NamedKeysPath,
            Oidc = oidc,
            SignInCodeWait = TimeSpan.FromSeconds(3),
            PollInterval = TimeSpan.FromMilliseconds(20),
            StreamJudgePause = TimeSpan.FromMilliseconds(100),
        });

        // The phones of these tests have no edge: their grain is the one beside this file.
        services.Configure<GrainTypeOptions>(o => o.Classes.RemoveWhere(t => t.FullName == "SipGateway.Grains.Devices.DeviceGrain"));
        services.AddHostedService<DueOperations>();
    }

    private static void Tag(ListenOptions listener, HttpProtocols protocols)
    {
        listener.Protocols = protocols;
        listener.TagSides(Side.Admin);
    }

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
