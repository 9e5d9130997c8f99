using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;
using SipGateway.Grains.Interfaces;
using SipGateway.Trust;
using SipGateway.Trust.Sides;

namespace SipGateway.Identity.Tests;

/// <summary>What a host with the embedded directory is: a silo, Kestrel on loopback with TLS for people and one listener for phones.</summary>
public sealed class DirectoryHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private DirectoryHost(WebApplication app)
    {
        this.app = app;
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToArray();
        People = new Uri(addresses[0] + "/");
        Phones = new Uri(addresses[1] + "/");
    }

    public Uri People { get; }

    public Uri Phones { get; }

    public IServiceProvider Services => app.Services;

    public TestUsers Users => app.Services.GetRequiredService<TestUsers>();

    public ISignInAuthority Authority => app.Services.GetServices<ISignInAuthority>().Single(a => a.Kind == SignInAuthorityKind.Embedded);

    public static async Task<DirectoryHost> StartAsync(
        string dataDirectory, KeyRing ring, TimeProvider? time = null, SignInPageLimits? limits = null, Action<WebApplicationBuilder>? more = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(k =>
        {
            k.Listen(IPAddress.Loopback, 0, l =>
            {
                l.TagSides(Side.People);
                l.UseHttps(TestCa.Instance.Server);
            });
            k.Listen(IPAddress.Loopback, 0, l =>
            {
                l.TagSides(Side.Phones);
                l.UseHttps(TestCa.Instance.Server);
            });
        });
        builder.Host.UseOrleans(silo => silo.UseLocalhostClustering(FreePort(), FreePort()));
        builder.Services.AddSingleton(ring).AddSingleton<TestUsers>();
        var directory = new EmbeddedDirectoryOptions { DataDirectory = dataDirectory, Limits = limits ?? new() };
        Uri? people = null;
        builder.Services.AddEmbeddedDirectory(directory);
        builder.Services.AddSignInAuthorities(new IdentityOptions
        {
            DataDirectory = dataDirectory,
            Embedded = new()
            {
                BaseAddress = () => new UriBuilder(people!) { Host = "gateway.test" }.Uri,
                ConnectTo = () => new IPEndPoint(IPAddress.Loopback, people!.Port),
                TrustedRoots = () => TestCa.Instance.Roots,
                Limits = new() { IntervalWhenAbsent = TimeSpan.FromMilliseconds(100) },
            },
        });
        if (time is not null)
        {
            // Only the directory lives in the test's time; the silo keeps its own.
            builder.Services.Configure<OpenIddict.Server.OpenIddictServerOptions>(o => o.TimeProvider = time);
            builder.Services.Configure<OpenIddict.Core.OpenIddictCoreOptions>(o => o.TimeProvider = time);
            builder.Services.AddSingleton(s => ActivatorUtilities.CreateInstance<WrongTries>(s, time));
            builder.Services.AddScoped(s => ActivatorUtilities.CreateInstance<PairingCodes>(s, time));
        }

        more?.Invoke(builder);
        var app = builder.Build();
        app.UseRouting();
        app.UseSides();
        app.MapEmbeddedDirectory().AnswersOn(Side.People);
        await app.StartAsync();
        var host = new DirectoryHost(app);
        people = host.People;
        return host;
    }

    /// <summary>A browser: cookies, no following of redirects, trust in the test's CA.</summary>
    public Browser Browse(string language = "en") => new(People, language);

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static int FreePort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
