using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SipGateway.Edge;

/// <summary>
/// The vendors' CAs of the moment. Their folders are looked at every two seconds, octet for octet; what cannot be used as a whole leaves the last
/// good ones in use.
/// </summary>
internal sealed partial class VendorAuthorityStore(ProvisioningOptions options, TimeProvider time, ILogger<VendorAuthorityStore> logger)
    : BackgroundService
{
    private static readonly TimeSpan LookPause = TimeSpan.FromSeconds(2);

    // Files that cannot be read stay so for a while; one line an hour is enough.
    private static readonly TimeSpan SilencePause = TimeSpan.FromHours(1);

    private volatile VendorAuthorities current = VendorAuthorities.Read(options.VendorCaDir).Authorities;
    private string lastFault = "";
    private long lastFaultAt;

    /// <summary>The last good ones.</summary>
    public VendorAuthorities Current => current;

    /// <summary>Looks at the folders and takes what is new; whether it took something.</summary>
    public bool Look()
    {
        var (read, errors) = VendorAuthorities.Read(options.VendorCaDir);
        if (errors.Count > 0)
        {
            TellFault(string.Join(' ', errors));
            return false;
        }

        lastFault = "";
        if (read.Hash == current.Hash) return false;
        current = read;
        Tell();
        return true;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.VendorCaDir.Length == 0) return;
        Tell();
        using var pace = new PeriodicTimer(LookPause, time);
        try
        {
            while (await pace.WaitForNextTickAsync(stoppingToken)) Look();
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    private void Tell()
    {
        LogTaken(options.VendorCaDir, string.Join(", ", current.Vendors));
        foreach (var (vendor, certificate) in current.NotGoodAt(time.GetUtcNow()))
        {
            LogNotGood(vendor, certificate.Subject, certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
        }
    }

    private void TellFault(string why)
    {
        if (why == lastFault && time.GetElapsedTime(lastFaultAt) <= SilencePause) return;
        (lastFault, lastFaultAt) = (why, time.GetTimestamp());
        LogUnusable(why);
    }

    [LoggerMessage(EventId = 4011, Level = LogLevel.Information, Message = "Factory certificates count by the CAs in {Directory}, of: {Vendors}.")]
    private partial void LogTaken(string directory, string vendors);

    [LoggerMessage(
        EventId = 4012, Level = LogLevel.Warning,
        Message = "The CA {Subject} of vendor {Vendor} is good from {NotBefore:u} to {NotAfter:u} only: no phone proves itself by it now.")]
    private partial void LogNotGood(string vendor, string subject, DateTime notBefore, DateTime notAfter);

    [LoggerMessage(EventId = 4013, Level = LogLevel.Warning, Message = "The vendors' CAs changed and cannot be used: {Why} Those before stay in use.")]
    private partial void LogUnusable(string why);
}
