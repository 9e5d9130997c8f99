using System.Diagnostics.Metrics;

namespace SipGateway.Hosting;

/// <summary>A certificate whose end must not surprise anybody.</summary>
/// <param name="Name">Its use: <c>server</c> for phones and people, <c>cluster</c> between processes.</param>
/// <param name="Path">Where it comes from.</param>
/// <param name="NotAfter">Until when the one in use is good.</param>
public sealed record EndingCertificate(string Name, string Path, Func<DateTimeOffset> NotAfter);

/// <summary>Says a month before a certificate ends that it will, once a day, and by a gauge all the time.</summary>
internal sealed partial class CertificateExpiry : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromDays(1);
    private static readonly TimeSpan Notice = TimeSpan.FromDays(30);

    private readonly EndingCertificate[] certificates;
    private readonly TimeProvider time;
    private readonly ILogger<CertificateExpiry> logger;

    public CertificateExpiry(IEnumerable<EndingCertificate> certificates, TimeProvider time, ILogger<CertificateExpiry> logger, IMeterFactory meters)
    {
        (this.certificates, this.time, this.logger) = ([.. certificates], time, logger);
        meters.Create("SipGateway.Hosting").CreateObservableGauge(
            "sipgateway.certificate.remaining", Measure, "s", "How long the certificate in use is good for; less than zero: it ended.");
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var pace = new PeriodicTimer(Pause, time);
        try
        {
            do
            {
                foreach (var certificate in certificates)
                {
                    Tell(certificate);
                }
            }
            while (await pace.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end.
        }
    }

    private void Tell(EndingCertificate certificate)
    {
        var end = certificate.NotAfter().UtcDateTime;
        var remaining = end - time.GetUtcNow().UtcDateTime;
        if (remaining <= TimeSpan.Zero)
        {
            LogEnded(certificate.Name, certificate.Path, end);
        }
        else if (remaining < Notice)
        {
            LogEnding(certificate.Name, certificate.Path, end, (int)remaining.TotalDays);
        }
    }

    private IEnumerable<Measurement<double>> Measure() => certificates.Select(certificate => new Measurement<double>(
        (certificate.NotAfter() - time.GetUtcNow()).TotalSeconds, new KeyValuePair<string, object?>("certificate", certificate.Name)));

    [LoggerMessage(1, LogLevel.Warning,
        "The {Name} certificate in {Path} ends on {End:u}, in {Days} days. Replace the file before; it is taken without a restart.")]
    private partial void LogEnding(string name, string path, DateTime end, int days);

    [LoggerMessage(2, LogLevel.Error,
        "The {Name} certificate in {Path} ended on {End:u}: open connections go on, new ones fail. Replace the file; it is taken without a restart.")]
    private partial void LogEnded(string name, string path, DateTime end);
}
