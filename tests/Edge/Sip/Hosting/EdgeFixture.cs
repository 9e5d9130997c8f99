using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.TestingHost;
using SipGateway.Edge.Tests.Sip;
using SipGateway.Sip.Transactions;
using SipGateway.Trust;

[assembly: AssemblyFixture(typeof(EdgeFixture))]

namespace SipGateway.Edge.Tests.Sip;

/// <summary>A silo in this process and a hosted edge in front of it, shared by all tests; each test has a MAC of its own.</summary>
public sealed class EdgeFixture : IAsyncLifetime
{
    private static int lastMac;

    private InProcessTestCluster? cluster;
    private IHost? host;

    public DeviceScripts Scripts { get; } = new();

    public LeaseScript Leases { get; } = new();

    public KeyRing Ring { get; } = KeyRing.Create();

    public IGrainFactory Grains => cluster!.Client;

    public SipEdge Edge => host!.Services.GetRequiredService<SipEdge>();

    public IServiceProvider Services => host!.Services;

    public static EdgeSipOptions Options => new()
    {
        EdgeId = "edge-test",
        Port = 0,
        TlsPort = 0,
        Certificate = () => TestCertificate.Shared,
        Domain = "gateway.test",
        FirstRtpPort = 26384,
        LastRtpPort = 26483,
        Limits = new EdgeSipLimits
        {
            MessageDeadline = TimeSpan.FromSeconds(1),
            HandshakeDeadline = TimeSpan.FromSeconds(4),
            WriteDeadline = TimeSpan.FromSeconds(1),
            ConfirmationDuration = TimeSpan.FromSeconds(1),
            GrainCallDeadline = TimeSpan.FromSeconds(1),
            RegistrationBurstPerDevice = 100_000,
        },

        // The RFC's proportions, ten times as fast.
        Timers = new TransactionTimers
        {
            T1 = TimeSpan.FromMilliseconds(50), T2 = TimeSpan.FromMilliseconds(400), T4 = TimeSpan.FromMilliseconds(500),
            TryingDelay = TimeSpan.FromMilliseconds(50),
        },
    };

    public static string NewMac() => (0x0015_6500_0000 + Interlocked.Increment(ref lastMac)).ToString("x12");

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => silo.Services.AddSingleton(Scripts).AddSingleton(Leases));
        cluster = builder.Build();
        await cluster.DeployAsync();
        host = NewHost(Options, cluster.Client);
        await host.StartAsync();
        await Eventually.IsTrue(() => Edge.IsConnected, "the edge enters the address book");
    }

    public IHost NewHost(EdgeSipOptions options, IGrainFactory grains)
    {
        var hosting = Host.CreateApplicationBuilder();
        hosting.Logging.ClearProviders();
        hosting.Services.AddSingleton(Ring);
        hosting.Services.AddSingleton(grains);
        hosting.Services.AddEdgeSip(options);
        return hosting.Build();
    }

    /// <summary>Another edge, which a test may set up as it likes; stopping it is the test's.</summary>
    public async Task<(IHost Host, SipEdge Edge)> StartEdgeAsync(EdgeSipOptions options)
    {
        var other = NewHost(options, Grains);
        await other.StartAsync();
        return (other, other.Services.GetRequiredService<SipEdge>());
    }

    public (string User, string Secret, string Mac) NewCandidate()
    {
        var mac = NewMac();
        var user = Candidate.Create(mac, DateTimeOffset.UtcNow).SipUser(Ring);
        return (user, Candidate.SipSecret(Ring, user)!, mac);
    }

    public (string User, string Secret, string Mac) NewDevice()
    {
        var mac = NewMac();
        return (new DeviceSipUser(mac, 1, 1).Format(Ring), Scripts[mac].Secret, mac);
    }

    public async ValueTask DisposeAsync()
    {
        await host!.StopAsync();
        host.Dispose();
        await cluster!.DisposeAsync();
    }
}
