using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Storage;

namespace SipGateway.Storage.Tests.Lifetime;

[Alias("storage-tests.INoteGrain")]
public interface INoteGrain : IGrainWithStringKey
{
    [Alias("Write")]
    Task<string?> WriteAsync(string note, string? number);

    [Alias("Read")]
    Task<string> ReadAsync();
}

[GrainType("note")]
public sealed class NoteGrain([PersistentState("state", StorageNames.Provider)] IPersistentState<NoteState> state) : Grain, INoteGrain
{
    public async Task<string?> WriteAsync(string note, string? number)
    {
        state.State.Note = note;
        state.State.Effects = new StateEffects { TakenKeys = number is null ? [] : [new UniqueKey("number", number)] };
        try
        {
            await state.WriteStateAsync();
            return null;
        }
        catch (UniqueKeyTakenException taken)
        {
            await state.ReadStateAsync();
            return taken.Owner;
        }
    }

    public Task<string> ReadAsync() => Task.FromResult(state.State.Note);

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (state.State.Note != "write at the end")
            return;
        state.State.Note = "written at the end";
        await state.WriteStateAsync(cancellationToken);
    }
}

public sealed class StorageLifetimeTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Host_WithOrleans_OpensBeforeAndClosesAfterTheGrains(bool storageFirst)
    {
        var directory = StorageUnderTest.NewDirectory();
        using (var host = Build(directory, storageFirst))
        {
            await host.StartAsync();
            var grains = host.Services.GetRequiredService<IGrainFactory>();
            (await grains.GetGrain<INoteGrain>("a").WriteAsync("write at the end", "+1")).Should().BeNull();
            // The refusal reaches the grain as it is, not wrapped.
            (await grains.GetGrain<INoteGrain>("b").WriteAsync("x", "+1")).Should().Be("a");
            (await grains.GetGrain<INoteGrain>("b").ReadAsync()).Should().BeEmpty();
            (await grains.GetGrain<INoteGrain>("b").WriteAsync("y", null)).Should().BeNull();
            await host.StopAsync();
        }

        await using var storage = await TestEngine.Sqlite.OpenAsync(directory);
        (await storage.ReadAsync("a", "note")).State.Note.Should().Be("written at the end");
        (await storage.ReadAsync("b", "note")).State.Note.Should().Be("y");
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Initialize_Twice_OpensOnce()
    {
        await using var storage = await TestEngine.Sqlite.OpenAsync();

        await storage.Get<IStorageLifetime>().InitializeAsync();

        await storage.PutAsync("a", "x");
    }

    private static IHost Build(string directory, bool storageFirst)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        var options = new StorageOptions { DataDirectory = directory };
        if (storageFirst)
            builder.Services.AddSipGatewayStorage(options);
        builder.UseOrleans(silo => silo.UseLocalhostClustering(siloPort: FreePort(), gatewayPort: 0));
        if (!storageFirst)
            builder.Services.AddSipGatewayStorage(options);
        return builder.Build();
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
