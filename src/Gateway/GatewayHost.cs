using SipGateway.AdminApi;
using SipGateway.Hosting;
using SipGateway.Storage;
using SipGateway.Trust;
using SipGateway.Trust.Sides;

namespace SipGateway.Gateway;

/// <summary>Silo, edge, admin API and embedded directory in one process.</summary>
internal sealed class GatewayHost : IRunningHost
{
    private readonly WebApplication app;

    private GatewayHost(WebApplication app, string readyLine, IReadOnlyList<string> greeting)
    {
        this.app = app;
        ReadyLine = readyLine;
        Greeting = greeting;
    }

    /// <summary>The promised line.</summary>
    public string ReadyLine { get; }

    /// <summary>What to do next, at the first start; empty later.</summary>
    public IReadOnlyList<string> Greeting { get; }

    /// <summary>Starts everything; returns when every listener is open.</summary>
    /// <exception cref="Exception">It cannot start; <see cref="StartFailure"/> has the words.</exception>
    public static async Task<GatewayHost> StartAsync(GatewayOptions options)
    {
        PortsCheck.Ensure(options.Phones);
        PortsCheck.Ensure(options.Admins);
        var directory = DataDirectory.Open(options.DataDir);
        var isFirst = !File.Exists(directory.AdminKey);
        var keys = KeyRingFile.LoadOrCreate(directory.KeyRing);
        var adminKey = AdminKeyFile.LoadOrCreate(directory.AdminKey);
        var ca = PrivateCa.LoadOrCreate(directory, TimeProvider.System);
        var certificates = ServerCertificates.Open(options.Phones.Certificate, options.Phones.PublicHost, directory, ca, TimeProvider.System);
        var listeners = new Listeners(certificates).AddPhones(options.Phones, Side.People).AddAdmins(options.Admins);

        var builder = HostSetup.CreateBuilder(listeners, certificates);
        var facts = new GatewayParts.Facts(options, directory, keys, adminKey, ca, certificates, listeners);
        GatewayParts.Register(builder, facts);
        var app = builder.Build();
        facts.SipPort = () => GatewayParts.Sip(app.Services).UdpEndPoint.Port;
        GatewayParts.Map(app);
        try
        {
            await app.Services.GetRequiredService<IStorageLifetime>().InitializeAsync();
            await app.StartAsync();
            await FirstStart.EnsureTenantAsync(app.Services);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new GatewayHost(app, ReadyLineOf(app, listeners), isFirst ? FirstStart.Greeting(options, directory, listeners) : []);
    }

    /// <summary>Returns when everything is drained and closed: after SIGTERM or Ctrl-C, or when a part that all need came to its end.</summary>
    /// <returns>Null after SIGTERM or Ctrl-C; else what failed, for whoever started the process.</returns>
    public async Task<string?> WaitForStopAsync()
    {
        await app.WaitForShutdownAsync();
        return StopCause.Of(app.Services.GetServices<IHostedService>());
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static string ReadyLineOf(WebApplication app, Listeners listeners) =>
        Hosting.ReadyLine.Format([
            ("sip", GatewayParts.Sip(app.Services).UdpEndPoint), ("sips", GatewayParts.Sip(app.Services).TlsEndPoint!), .. listeners.All]);
}
