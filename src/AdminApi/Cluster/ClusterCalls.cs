using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Orleans.Runtime;
using SipGateway.Admin.V1;
using SipGateway.Grains.Interfaces;
using Silo = SipGateway.Admin.V1.Silo;

namespace SipGateway.AdminApi;

/// <summary>The calls about the machines.</summary>
internal sealed class ClusterCalls(IGrainFactory grains) : Admin.V1.Cluster.ClusterBase
{
    /// <inheritdoc/>
    public override async Task<ListEdgesResponse> ListEdges(ListEdgesRequest request, ServerCallContext context)
    {
        var edges = await grains.GetGrain<IEdgeListGrain>(IEdgeListGrain.Key).List();
        var response = new ListEdgesResponse();
        response.Edges.AddRange(edges.OrderBy(e => e.Facts.EdgeId, StringComparer.Ordinal).Select(e => new Edge
        {
            Name = $"edges/{e.Facts.EdgeId}",
            EdgeId = e.Facts.EdgeId,
            SipEndpoint = e.Facts.SipEndpoint,
            Version = e.Facts.Version,
            StartTime = Timestamp.FromDateTimeOffset(e.Facts.StartedAtUtc),
            RenewTime = Timestamp.FromDateTimeOffset(e.RenewedAtUtc),
            Alerts = { e.Facts.Alerts },
            Region = e.Facts.Region,
            RegistrationsPerSecond = e.Facts.RegistrationsPerSecond,
        }));
        return response;
    }

    /// <inheritdoc/>
    public override async Task<ListSilosResponse> ListSilos(ListSilosRequest request, ServerCallContext context)
    {
        var hosts = await grains.GetGrain<IManagementGrain>(0).GetDetailedHosts(onlyActive: false);
        var response = new ListSilosResponse();
        response.Silos.AddRange(hosts.OrderBy(h => h.SiloAddress.ToString(), StringComparer.Ordinal).Select(h => new Silo
        {
            Name = $"silos/{h.SiloAddress.ToParsableString()}",
            Address = h.SiloAddress.Endpoint.ToString(),
            HostName = h.HostName ?? "",
            Status = StatusOf(h.Status),
            StartTime = TimeOf(h.StartTime),
            IAmAliveTime = TimeOf(h.IAmAliveTime),
        }));
        return response;
    }

    private static string StatusOf(SiloStatus status) => status == SiloStatus.ShuttingDown ? "SHUTTING_DOWN"
        : status.ToString().ToUpperInvariant();

    private static Timestamp? TimeOf(DateTime utc) =>
        utc.Year < 2000 ? null : Timestamp.FromDateTime(DateTime.SpecifyKind(utc, DateTimeKind.Utc));
}
