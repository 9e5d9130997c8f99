using Orleans;
using Orleans.Runtime;

namespace SipGateway.Silo;

/// <summary>What a silo sees of the rest.</summary>
/// <param name="DatabaseLostFor">How long the database has not answered it; zero while it does.</param>
/// <param name="Reached">The other silos that answered it a moment ago.</param>
[GenerateSerializer, Immutable, Alias("sipgw.silo-sight")]
public sealed record SiloSight(
    [property: Id(0)] TimeSpan DatabaseLostFor,
    [property: Id(1)] IReadOnlyList<SiloAddress> Reached);
