using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Metrics;
using SipGateway.AdminApi;
using SipGateway.Edge;
using SipGateway.Grains.Devices;
using SipGateway.Gateway.Certificates;
using SipGateway.Gateway.Memory;
using SipGateway.Identity;
using SipGateway.Silo;
using SipGateway.Storage;
using SipGateway.Trust;
using SipGateway.Trust.Sides;

namespace SipGateway.Gateway;

/// <summary>The gateway's table of contents: what it is made of, and who may reach which part.</summary>
internal static class GatewayParts
{
    private const string EdgeId = "edge";

    /// <summary>What the parts are made from.</summary>
    public sealed record Facts(
        GatewayOptions Options, DataDirectory Directory, KeyRing Keys, AdminKey AdminKey, PrivateCa Ca, ServerCertificates Certificates,
        Listeners Listeners)
    {
        /// <summary>The real SIP port, once the edge listens.</summary>
        public Func<int>? SipPort { get; set; }
    }

    /// <summary>Silo, edge, admin API, directory.</summary>
    public static void Register(WebApplicationBuilder builder, Facts facts)
    {
        AddLogging(builder.Logging);
        builder.Services.AddSingleton(facts.Keys);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddSipGatewaySilo(new SiloOptions
        {
            Storage = new StorageOptions { DataDirectory = facts.Directory.Root },
            Devices = new DeviceOptions { RestartDeadline = facts.Options.RestartDeadline },
        });
        builder.Services.AddSignInAuthorities(SignIn(facts));
        builder.Services.AddEmbeddedDirectory(new EmbeddedDirectoryOptions { DataDirectory = facts.Directory.Root });
        builder.Services.AddEdgeSip(Sip(facts.Options, facts.Certificates));
        builder.Services.AddSingleton(facts.Certificates);
        builder.Services.AddHostedService<CertificateReload>();
        builder.Services.AddHostedService<IdleMemory>();
        builder.Services.AddEdgeProvisioning(Provisioning(facts));
        builder.Services.AddAdminApi(new AdminApiOptions { Key = facts.AdminKey });
        builder.Services.AddOpenTelemetry().WithMetrics(m => m.AddMeter("SipGateway.*", "Microsoft.Orleans").AddPrometheusExporter());
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(25));
    }

    /// <summary>Each endpoint with the sides it answers on; the default is deny.</summary>
    public static void Map(WebApplication app)
    {
        app.UseRouting();
        app.UseSides();
        app.MapEmbeddedDirectory().AnswersOn(Side.People);
        app.MapAdminApi().AnswersOn(Side.Admin);
        app.MapGet("/health/live", () => Results.Text("live")).AnswersOn(Side.Admin, Side.Ops);
        app.MapGet("/health/ready", (SipEdge edge) => edge.IsConnected ? Results.Text("ready") : Results.Text("not ready", statusCode: 503))
            .AnswersOn(Side.Admin, Side.Ops);
        app.MapPrometheusScrapingEndpoint("/metrics").AnswersOn(Side.Admin, Side.Ops);
        app.MapProvisioning().AnswersOn(Side.Phones);
    }

    /// <summary>Where SIP really is.</summary>
    public static SipEdge Sip(IServiceProvider services) => services.GetRequiredService<SipEdge>();

    private static EdgeSipOptions Sip(GatewayOptions options, ServerCertificates certificates) => new()
    {
        EdgeId = EdgeId,
        BindAddress = options.Bind,
        Port = options.SipPort,
        TlsPort = options.SipsPort,
        Certificate = () => certificates.Current,
        PublicHost = options.PublicHost,
        Domain = options.SipDomain,
        FirstRtpPort = options.FirstRtpPort,
        LastRtpPort = options.LastRtpPort,
        Version = typeof(GatewayParts).Assembly.GetName().Version?.ToString(3) ?? "",
    };

    private static ProvisioningOptions Provisioning(Facts facts) => new()
    {
        PublicHost = facts.Options.PublicHost,
        SipDomain = facts.Options.SipDomain,
        HttpPort = () => facts.Listeners["http"].Port,
        HttpsPort = () => facts.Listeners["https"].Port,
        SipPort = () => facts.SipPort?.Invoke() ?? facts.Options.SipPort,
        CaCertificatePem = facts.Options.Certificate.Length == 0 ? facts.Ca.CertificatePem : "",
    };

    private static IdentityOptions SignIn(Facts facts)
    {
        var options = facts.Options;
        int Port() => facts.Listeners["https"].Port;
        return new IdentityOptions
        {
            DataDirectory = facts.Directory.Root,
            Embedded = new EmbeddedAuthorityOptions
            {
                BaseAddress = () => new UriBuilder("https", options.PublicHost, Port()).Uri,
                ConnectTo = () => new IPEndPoint(IsAny(options.Bind) ? IPAddress.Loopback : options.Bind, Port()),
                TrustedRoots = () => [X509Certificate2.CreateFromPem(facts.Ca.CertificatePem)],
                SignInAddress = options.SignInUrl.Length == 0 ? null : () => new Uri(options.SignInUrl),
            },
        };
    }

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    // Standard output carries READY alone; whatever is said goes to standard error.
    private static void AddLogging(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(o =>
        {
            o.SingleLine = true;
            o.ColorBehavior = LoggerColorBehavior.Disabled;
            o.TimestampFormat = "yyyy-MM-ddTHH:mm:ssZ ";
            o.UseUtcTimestamp = true;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("System", LogLevel.Warning);
        // A start that fails is told in one line by the program itself.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        logging.AddFilter("OpenIddict", LogLevel.Warning);
        logging.AddFilter("Grpc", LogLevel.Warning);
        logging.AddFilter("Polly", LogLevel.Warning);
    }
}
