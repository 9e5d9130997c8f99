using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using Orleans.Runtime.Services;
using Orleans.Services;
using SipGateway.Hosting;

namespace SipGateway.Silo;

/// <summary>Asked of one silo by another.</summary>
[Alias("sipgw.silo-watch")]
public interface ISiloWatchService : IGrainService
{
    /// <summary>What it sees.</summary>
    [Alias("look")]
    Task<SiloSight> Look();

    /// <summary>Says to one without a database that it is being removed: it cannot read that anywhere.</summary>
    [Alias("leave")]
    Task Leave();
}

/// <summary>Answers for this silo.</summary>
public sealed class SiloWatchService(GrainId id, Orleans.Runtime.Silo silo, ILoggerFactory loggers, SightBoard board)
    : GrainService(id, silo, loggers), ISiloWatchService
{
    /// <inheritdoc/>
    public Task<SiloSight> Look() => Task.FromResult(board.Sight());

    /// <inheritdoc/>
    public Task Leave()
    {
        // Nobody but the silo itself knows whether that is so.
        if (!board.HasDatabase)
        {
            HostProcess.EndNow(SiloEnd.Removed);
        }

        return Task.CompletedTask;
    }
}

/// <summary>Asks another silo.</summary>
internal interface ISiloWatchClient
{
    /// <summary>What that silo sees.</summary>
    Task<SiloSight> LookAsync(SiloAddress silo);

    /// <summary>Has that silo end, when it has no database.</summary>
    Task LeaveAsync(SiloAddress silo);
}

/// <inheritdoc/>
internal sealed class SiloWatchClient(IServiceProvider services) : GrainServiceClient<ISiloWatchService>(services), ISiloWatchClient
{
    /// <inheritdoc/>
    public Task<SiloSight> LookAsync(SiloAddress silo) => GetGrainService(silo).Look();

    /// <inheritdoc/>
    public Task LeaveAsync(SiloAddress silo) => GetGrainService(silo).Leave();
}
