using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using Orleans.Runtime.Services;
using Orleans.Services;

namespace SipGateway.Silo;

/// <summary>Asked of one silo by another.</summary>
[Alias("sipgw.silo-watch")]
public interface ISiloWatchService : IGrainService
{
    /// <summary>What it sees.</summary>
    [Alias("look")]
    Task<SiloSight> Look();
}

/// <summary>Answers for this silo.</summary>
public sealed class SiloWatchService(GrainId id, Orleans.Runtime.Silo silo, ILoggerFactory loggers, SightBoard board)
    : GrainService(id, silo, loggers), ISiloWatchService
{
    /// <inheritdoc/>
    public Task<SiloSight> Look() => Task.FromResult(board.Sight());
}

/// <summary>Asks another silo.</summary>
internal interface ISiloWatchClient
{
    /// <summary>What that silo sees.</summary>
    Task<SiloSight> LookAsync(SiloAddress silo);
}

/// <inheritdoc/>
internal sealed class SiloWatchClient(IServiceProvider services) : GrainServiceClient<ISiloWatchService>(services), ISiloWatchClient
{
    /// <inheritdoc/>
    public Task<SiloSight> LookAsync(SiloAddress silo) => GetGrainService(silo).Look();
}
