using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SipGateway.Grains.Interfaces;

namespace SipGateway.Edge;

/// <summary>Tells once a second which bindings were refreshed here, each once however often it was.</summary>
internal sealed partial class LeaseReports(
    IGrainFactory grains, LiveFlows live, EdgeSipOptions options, TimeProvider time, ILogger<LeaseReports> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Refreshes of one call; some hundred kilobytes.</summary>
    private const int MaxBatch = 2000;

    private readonly ConcurrentQueue<Lease> dirty = new();

    /// <summary>A lease whose use is not reported yet. Called under its lock.</summary>
    public void Add(Lease lease)
    {
        if (!lease.IsDirty)
        {
            lease.IsDirty = true;
            dirty.Enqueue(lease);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await ReportAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await ReportAsync();
        }
    }

    private async Task ReportAsync()
    {
        for (var count = dirty.Count; count > 0; count -= MaxBatch)
        {
            var leases = new List<Lease>(Math.Min(count, MaxBatch));
            while (leases.Count < MaxBatch && dirty.TryDequeue(out var lease))
            {
                leases.Add(lease);
                live.Note(lease);
            }

            if (!await TellAsync(leases))
            {
                leases.ForEach(Again);
                return;
            }
        }
    }

    private async Task<bool> TellAsync(List<Lease> leases)
    {
        try
        {
            ImmutableArray<ContactRefresh> batch = [.. leases.Select(Read)];
            await grains.GetGrain<ILeaseGrain>(0).Refreshed(batch).WaitAsync(options.Limits.GrainCallDeadline, time);
            return true;
        }
#pragma warning disable CA1031 // No silo at the moment: the same is told later.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogNotTold(leases.Count, e);
            return false;
        }
    }

    private void Again(Lease lease)
    {
        lock (lease)
        {
            Add(lease);
        }
    }

    private static ContactRefresh Read(Lease lease)
    {
        long usedTicks;
        lock (lease)
        {
            lease.IsDirty = false;
            usedTicks = lease.LastUsedTicks;
        }

        var at = new DateTimeOffset(usedTicks, TimeSpan.Zero);
        return new ContactRefresh
        {
            Mac = lease.Mac,
            BindingId = lease.BindingId,
            Generation = lease.Generation,
            AtUtc = at,
            ExpiresAtUtc = at.AddSeconds(lease.ExpiresSeconds),
            Source = Source(lease.Remote),
        };
    }

    private static string Source(ReadOnlySpan<byte> remote)
    {
        var port = (remote[2] << 8) | remote[3];
        return new IPEndPoint(new IPAddress(remote.Length > 8 ? remote[8..24] : remote[4..8]), port).ToString();
    }

    [LoggerMessage(1, LogLevel.Debug, "{Count} refreshes could not be reported; they are told again.")]
    private partial void LogNotTold(int count, Exception exception);
}
