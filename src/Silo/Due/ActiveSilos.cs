using Orleans.Runtime;

namespace SipGateway.Silo;

/// <summary>The silos that are alive, as this one sees it.</summary>
internal interface IActiveSilos
{
    /// <summary>This silo.</summary>
    string Self { get; }

    /// <summary>All of them, this one included while it is active.</summary>
    IReadOnlyCollection<string> List();
}

/// <summary>From the cluster's membership.</summary>
internal sealed class ActiveSilos(ILocalSiloDetails local, ISiloStatusOracle oracle) : IActiveSilos
{
    public string Self => local.SiloAddress.ToParsableString();

    public IReadOnlyCollection<string> List() => [.. oracle.GetApproximateSiloStatuses(onlyActive: true).Keys.Select(s => s.ToParsableString())];
}
