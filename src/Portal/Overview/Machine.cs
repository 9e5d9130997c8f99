using Google.Protobuf.WellKnownTypes;
using MudBlazor;
using SipGateway.Admin.V1;
using Edge = SipGateway.Admin.V1.Edge;

namespace SipGateway.Portal;

/// <summary>An edge or a silo, and how it is.</summary>
internal sealed record Machine(
    string Key, string Name, string More, Look Health, string Address, Timestamp? Start, Timestamp? Sign, IReadOnlyList<string> Alerts,
    double? Rate = null)
{
    // An edge renews every few seconds; it is gone from the list after two minutes.
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(45);

    /// <summary>An edge.</summary>
    public static Machine Of(Edge edge, DateTimeOffset now)
    {
        var isLate = edge.RenewTime is not { } renewed || now - renewed.ToDateTimeOffset() > Late;
        var health = isLate ? new Look(Texts.Silent, Icons.Material.Filled.WifiOff, "bad")
            : edge.Alerts.Count > 0 ? new Look(Texts.Alerted, Icons.Material.Filled.Warning, "wait")
            : new Look(Texts.Healthy, Icons.Material.Filled.CheckCircle, "good");
        return new Machine(edge.Name, Texts.Edge, $"{edge.EdgeId} · {edge.Version}", health, edge.SipEndpoint, edge.StartTime, edge.RenewTime, edge.Alerts,
            isLate ? null : edge.RegistrationsPerSecond);
    }

    /// <summary>The silos: the living, and the dead of whom no successor at the same address is there.</summary>
    public static IEnumerable<Machine> Of(IReadOnlyList<Silo> silos)
    {
        var living = silos.Where(silo => silo.Status != "DEAD").Select(silo => silo.Address).ToHashSet(StringComparer.Ordinal);
        return silos.Where(silo => silo.Status != "DEAD" || !living.Contains(silo.Address))
            .GroupBy(silo => silo.Address, StringComparer.Ordinal).Select(group => Of(group.MaxBy(silo => silo.StartTime?.Seconds ?? 0)!));
    }

    private static Machine Of(Silo silo) => new(
        silo.Name, Texts.Silo, silo.HostName, HealthOf(silo.Status), silo.Address, silo.StartTime, silo.IAmAliveTime, []);

    private static Look HealthOf(string status) => status switch
    {
        "ACTIVE" => new(Texts.Healthy, Icons.Material.Filled.CheckCircle, "good"),
        "JOINING" => new(Texts.Joining, Icons.Material.Filled.HourglassEmpty, "info"),
        "DEAD" => new(Texts.Dead, Icons.Material.Filled.Error, "bad"),
        _ => new(Texts.Leaving, Icons.Material.Filled.HourglassEmpty, "wait"),
    };
}
