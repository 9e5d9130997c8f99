using System.CommandLine;
using System.Globalization;
using SipGateway.Admin.V1;

namespace SipGateway.Cli;

/// <summary><c>sipgw edges</c> and <c>sipgw silos</c></summary>
internal static class ClusterCommand
{
    public static Command CreateEdges()
    {
        var list = new Command("list", "Lists the edges that renewed in the last two minutes");
        list.SetGatewayAction(async (_, session) =>
        {
            var edges = await new Admin.V1.Cluster.ClusterClient(session.Invoker).ListEdgesAsync(new ListEdgesRequest(), session.Call);
            session.Writer.Write(
                edges.Edges,
                e => e.Name,
                new("EDGE", e => e.EdgeId),
                new("REGION", e => e.Region),
                new("SIP", e => e.SipEndpoint),
                new("VERSION", e => e.Version),
                new("REGISTRATIONS/S", e => e.RegistrationsPerSecond.ToString("0.0", CultureInfo.InvariantCulture)),
                new("STARTED", e => Texts.Time(e.StartTime)),
                new("RENEWED", e => Texts.Time(e.RenewTime)),
                new("ALERTS", e => string.Join(' ', e.Alerts)));
            return ExitCodes.Done;
        });
        return new Command("edges", "The nodes that phones talk to") { list };
    }

    public static Command CreateSilos()
    {
        var list = new Command("list", "Lists the silos of the cluster");
        list.SetGatewayAction(async (_, session) =>
        {
            var silos = await new Admin.V1.Cluster.ClusterClient(session.Invoker).ListSilosAsync(new ListSilosRequest(), session.Call);
            session.Writer.Write(
                silos.Silos,
                s => s.Name,
                new("SILO", s => s.Address),
                new("HOST", s => s.HostName),
                new("STATUS", s => s.Status),
                new("STARTED", s => Texts.Time(s.StartTime)),
                new("ALIVE", s => Texts.Time(s.IAmAliveTime)));
            return ExitCodes.Done;
        });
        return new Command("silos", "The nodes that hold the phones' state") { list };
    }
}
