using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Metrics;
using SipGateway.Trust.Sides;

namespace SipGateway.Hosting;

/// <summary>What every process has: logs to standard error, metrics, health, certificates that are renewed, an orderly end.</summary>
public static class HostSetup
{
    // A drain is done in seconds; whoever stops the process waits for thirty.
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(25);

    /// <summary>A builder with these listeners and what every process has.</summary>
    /// <param name="listeners">HTTP.</param>
    /// <param name="certificates">What phones and people are shown; null: nothing.</param>
    /// <param name="cluster">What other processes are shown; null: nothing.</param>
    public static WebApplicationBuilder CreateBuilder(Listeners listeners, ServerCertificates? certificates, ClusterCertificates? cluster = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [], ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.Services.Configure<KestrelServerOptions>(listeners.Configure);
        AddLogging(builder.Logging);
        builder.Services.AddSingleton(SteadyTime.OfThisProcess);
        builder.Services.AddSingleton<TimeProvider>(SteadyTime.OfThisProcess);
        builder.Services.AddSides();
        builder.Services.AddSingleton<IReferenceClock, MachineClock>();
        builder.Services.AddHostedService<TimeKeeping>();
        builder.Services.AddHostedService<IdleMemory>();

        // Under systemd it is told when everything is up, and when the drain begins; elsewhere nothing happens.
        builder.Services.AddSystemd();
        if (certificates is not null)
        {
            builder.Services.AddSingleton(certificates);
            builder.Services.AddHostedService<CertificateReload>();
            builder.Services.AddSingleton(new EndingCertificate("server", certificates.Path, () => certificates.Current.TargetCertificate.NotAfter));
        }

        if (cluster is not null)
        {
            builder.Services.AddSingleton(new EndingCertificate("cluster", cluster.Path, () => cluster.NotAfter));
        }

        builder.Services.AddHostedService<CertificateExpiry>();

        builder.Services.AddOpenTelemetry().WithMetrics(m => m.AddMeter("SipGateway.*", "Microsoft.Orleans").AddPrometheusExporter());
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = DrainTime);
        return builder;
    }

    /// <summary>Health and metrics, on the side of administrators and operators.</summary>
    /// <param name="app">The application, after routing and sides.</param>
    /// <param name="isReady">Whether it can do its work now.</param>
    public static void MapHealth(this WebApplication app, Func<IServiceProvider, bool> isReady)
    {
        app.MapGet("/health/live", () => Results.Text("live")).AnswersOn(Side.Admin, Side.Ops);
        app.MapGet("/health/ready", (HttpContext http) => isReady(http.RequestServices)
            ? Results.Text("ready")
            : Results.Text("not ready", statusCode: StatusCodes.Status503ServiceUnavailable)).AnswersOn(Side.Admin, Side.Ops);
        app.MapPrometheusScrapingEndpoint("/metrics").AnswersOn(Side.Admin, Side.Ops);
    }

    /// <summary>Standard output carries READY alone; whatever is said goes to standard error.</summary>
    public static void AddLogging(ILoggingBuilder logging)
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
        foreach (var (category, least) in new[]
        {
            ("Microsoft", LogLevel.Warning), ("System", LogLevel.Warning), ("OpenIddict", LogLevel.Warning), ("Grpc", LogLevel.Warning),
            ("Polly", LogLevel.Warning), ("Orleans", LogLevel.Warning), ("Yarp", LogLevel.Warning),
            // A start that fails is told in one line by the program itself.
            ("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None),
        })
        {
            logging.AddFilter(category, least);
        }
    }
}
