using System.Collections.Immutable;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge;

/// <summary>Reads every two seconds what was revoked and which policies changed. While it cannot, leases live a while longer.</summary>
internal sealed partial class LeaseNewsReader(
    IGrainFactory grains, EdgeSipOptions options, LeaseTable leases, TimeProvider time, ILogger<LeaseNewsReader> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PrunePause = TimeSpan.FromMinutes(1);

    // Before the first answer: from now on, because no lease is held yet.
    private long sequence = -1;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var prunedAt = time.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            await ReadAsync();
            if (time.GetElapsedTime(prunedAt) >= PrunePause)
            {
                prunedAt = time.GetTimestamp();
                leases.Prune();
            }

            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            while (await ReadPageAsync())
            {
                // A mass sign-out comes in several pages.
            }
        }
#pragma warning disable CA1031 // No silo or no database at the moment: leases end by their own time.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogNoNews(e);
        }
    }

    private async Task<bool> ReadPageAsync()
    {
        var watches = leases.Tenants;
        var news = await grains.GetGrain<ILeaseGrain>(0)
            .Read(options.EdgeId, sequence, [.. watches.Select(w => w.Name)])
            .WaitAsync(options.Limits.GrainCallDeadline, time);
        foreach (var revocation in news.Revoked)
        {
            leases.Revoke(revocation);
        }

        for (var i = 0; i < news.TenantVersions.Length; i++)
        {
            watches[i].Version = news.TenantVersions[i];
        }

        sequence = news.Sequence;
        if (!news.HasMore)
        {
            leases.Informed();
        }

        return news.HasMore;
    }

    [LoggerMessage(1, LogLevel.Debug, "The edge could not read what was revoked; it tries again, and its leases end by their own time.")]
    private partial void LogNoNews(Exception exception);
}
