using Microsoft.Extensions.DependencyInjection;
using SipGateway.Grains.Interfaces;

namespace SipGateway.AdminApi.Running;

/// <summary>An edge as the cluster's list knows it, until it leaves.</summary>
public sealed class EdgeInBook : IAsyncDisposable
{
    private readonly IEdgeListGrain _list;
    private readonly EdgeView _view;

    private EdgeInBook(IEdgeListGrain list, EdgeView view) => (_list, _view) = (list, view);

    public static async Task<EdgeInBook> EnterAsync(RunningAdminApi api, string edgeId, string region)
    {
        var now = TimeProvider.System.GetUtcNow();
        var list = api.Services.GetRequiredService<IGrainFactory>().GetGrain<IEdgeListGrain>(IEdgeListGrain.Key);
        var view = new EdgeView
        {
            Facts = new EdgeFacts { EdgeId = edgeId, StartedAtUtc = now, SipEndpoint = "192.0.2.1:5060", Region = region }, RenewedAtUtc = now,
        };
        await list.Note(view);
        return new EdgeInBook(list, view);
    }

    public async ValueTask DisposeAsync() => await _list.Note(_view with { RenewedAtUtc = DateTimeOffset.MinValue });
}
