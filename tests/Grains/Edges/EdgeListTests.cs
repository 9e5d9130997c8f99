using SipGateway.Grains.Interfaces;
using SipGateway.Grains.Tests.Devices;
using SipGateway.Trust;

namespace SipGateway.Grains.Tests;

/// <summary>The list of edges that an admin sees, in a real silo.</summary>
public sealed class EdgeListTests : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private readonly string _directory = Directory.CreateTempSubdirectory("sipgateway-edges-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Leave_AfterTheSiloWithItsBookIsGone_TakesTheEdgeOffTheList()
    {
        await using var silo = await DeviceSilo.StartAsync(_directory, KeyRing.Create());
        var list = silo.Grains.GetGrain<IEdgeListGrain>(IEdgeListGrain.Key);
        await list.Note(View("e1"));
        await list.Note(View("e2"));

        await silo.Grains.GetGrain<IEdgeGrain>("e1").Leave(Now.AddMinutes(-1));
        (await list.List()).Should().HaveCount(2, "an earlier start of the edge left");
        await silo.Grains.GetGrain<IEdgeGrain>("e1").Leave(Now);

        (await list.List()).Select(edge => edge.Facts.EdgeId).Should().Equal("e2");
    }

    private static EdgeView View(string edgeId) => new()
    {
        Facts = new EdgeFacts { EdgeId = edgeId, StartedAtUtc = Now, SipEndpoint = "192.0.2.1:5060" }, RenewedAtUtc = Now,
    };
}
