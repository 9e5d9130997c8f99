using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace SipGateway.Silo;

/// <summary>
/// Every silo asks every other once a second what it sees, and has those removed from the cluster that serve nobody: without a database, or out
/// of reach of silos that others reach. The table of members decides who was first when two would remove each other. Who is removed notices,
/// ends, and joins again when it can.
/// </summary>
internal sealed partial class SiloWatch : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly ISiloWatchClient client;
    private readonly IClusterMembershipService membership;
    private readonly ISiloStatusOracle oracle;
    private readonly SightBoard board;
    private readonly TimeProvider time;
    private readonly ILogger<SiloWatch> logger;
    private readonly Counter<long> removed;
    private readonly StallGuard guard;
    private readonly ConcurrentDictionary<SiloAddress, bool> silent = [];
    private readonly ConcurrentDictionary<SiloAddress, bool> told = [];

    public SiloWatch(
        ISiloWatchClient client, IClusterMembershipService membership, ISiloStatusOracle oracle, SightBoard board, TimeProvider time,
        ILogger<SiloWatch> logger, IMeterFactory meters)
    {
        (this.client, this.membership, this.oracle, this.board, this.time, this.logger) = (client, membership, oracle, board, time, logger);
        guard = new StallGuard(time);
        var meter = meters.Create("SipGateway.Cluster");
        removed = meter.CreateCounter<long>(
            "sipgateway.cluster.removed_silos", description: "Silos that this one had removed: without a database, or out of reach.");
        meter.CreateObservableGauge(
            "sipgateway.cluster.database_in_sight", () => board.HasDatabase ? 1 : 0, description: "1 while the database answers this silo.");
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var pace = new PeriodicTimer(StallGuard.Period, time);
            while (await pace.WaitForNextTickAsync(stoppingToken))
            {
                guard.Beat();
                var others = oracle.GetApproximateSiloStatuses(onlyActive: true).Keys.Where(silo => !silo.Equals(oracle.SiloAddress)).ToList();

                // An answer that is late is an answer, too: it is noted when it comes.
                await Task.WhenAny(Task.WhenAll(others.Select(LookAsync)), Task.Delay(Patience, time, stoppingToken));
                if (guard.IsStalled)
                {
                    continue;
                }

                foreach (var (silo, reason) in SiloWatchRules.Judge(board.Database, board.Of(others)))
                {
                    await RemoveAsync(silo, reason);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end.
        }
    }

    private async Task LookAsync(SiloAddress silo)
    {
        try
        {
            board.NoteAnswer(silo, await client.LookAsync(silo));
            silent.TryRemove(silo, out _);
        }
        catch (Exception e)
        {
            // Whatever the reason; how long there was no answer is what counts.
            if (silent.TryAdd(silo, true))
            {
                LogSilent(silo, e.Message);
            }
        }
    }

    private async Task RemoveAsync(SiloAddress silo, LeaveReason reason)
    {
        try
        {
            if (reason == LeaveReason.LostDatabase)
            {
                // Before: nobody hears from a silo that is no member.
                await Task.WhenAny(client.LeaveAsync(silo), Task.Delay(Patience, time));
            }

            // Whoever was removed itself meanwhile removed nobody, and a removal is told of once.
            if (!await membership.TryKill(silo) || !oracle.IsDeadSilo(silo) || !told.TryAdd(silo, true))
            {
                return;
            }

            removed.Add(1, new KeyValuePair<string, object?>("reason", reason.ToString()));
            if (reason == LeaveReason.LostDatabase)
            {
                LogLostDatabase(silo);
            }
            else
            {
                LogCutOff(silo);
            }
        }
        catch (Exception e)
        {
            LogNotRemoved(e, silo);
        }
    }

    [LoggerMessage(EventId = 4101, Level = LogLevel.Error, Message =
        "Silo {Silo} was removed from the cluster: the database does not answer it, and answers this silo. Its phones are served by others now. "
        + "Look at its way to the database; it joins again by itself.")]
    private partial void LogLostDatabase(SiloAddress silo);

    [LoggerMessage(EventId = 4102, Level = LogLevel.Error, Message =
        "Silo {Silo} was removed from the cluster: it and this silo do not reach each other, while a third reaches both. Its phones are served by "
        + "others now. Look at the network between the two; it joins again when all silos reach it.")]
    private partial void LogCutOff(SiloAddress silo);

    [LoggerMessage(EventId = 4104, Level = LogLevel.Warning, Message = "Silo {Silo} does not answer this one: {Why} Said once until it does.")]
    private partial void LogSilent(SiloAddress silo, string why);

    [LoggerMessage(EventId = 4103, Level = LogLevel.Warning, Message = "Silo {Silo} could not be removed from the cluster; it is tried again.")]
    private partial void LogNotRemoved(Exception failure, SiloAddress silo);
}
