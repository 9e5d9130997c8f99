namespace SipGateway.Hosting;

/// <summary>Looks at the server certificate's files every two seconds: two small files, compared octet for octet, wherever they are mounted from.</summary>
internal sealed partial class CertificateReload(ServerCertificates certificates, TimeProvider time, ILogger<CertificateReload> logger)
    : BackgroundService
{
    private static readonly TimeSpan LookPause = TimeSpan.FromSeconds(2);

    // Files that cannot be read stay so for a while; one line an hour is enough.
    private static readonly TimeSpan SilencePause = TimeSpan.FromHours(1);

    private string lastFault = "";
    private long lastFaultAt;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var pace = new PeriodicTimer(LookPause, time);
        try
        {
            while (await pace.WaitForNextTickAsync(stoppingToken))
            {
                Tell(certificates.Look());
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    private void Tell((bool IsNew, Exception? Fault) look)
    {
        if (look.IsNew)
        {
            lastFault = "";
            LogTaken(certificates.Path, certificates.Current.TargetCertificate.NotAfter.ToUniversalTime());
        }
        else if (look.Fault is { } fault && (fault.Message != lastFault || time.GetElapsedTime(lastFaultAt) > SilencePause))
        {
            lastFault = fault.Message;
            lastFaultAt = time.GetTimestamp();
            LogUnusable(certificates.Path, fault.Message);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "New connections get the new certificate in {Path}; it is good until {NotAfter:u}.")]
    private partial void LogTaken(string path, DateTime notAfter);

    [LoggerMessage(2, LogLevel.Warning, "The certificate in {Path} cannot be used: {Why} The one before stays in use.")]
    private partial void LogUnusable(string path, string why);
}
