namespace SipGateway.Storage.Tests.Postgres;

/// <summary>The server dies and comes back while many write.</summary>
public sealed class ServerCrashTests
{
    [Fact]
    public async Task Write_WhileTheServerCrashesAndComesBack_LosesNothingAcknowledgedAndGoesOn()
    {
        await using var server = await PostgresServer.StartOwnAsync();
        await server.EnsureDatabaseAsync("crash");
        var options = new StorageOptions { Postgres = new PostgresOptions { ConnectionString = server.ConnectionString("crash") } };
        await using var storage = await StorageUnderTest.OpenAsync(TestEngine.Postgres, "crash", isOwner: false, options, null, null);
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 16).Select(i => Task.Run(() => WriteAsync(storage, $"k{i}", stop.Token))).ToList();
        for (var round = 0; round < 3; round++)
        {
            await Task.Delay(300);
            await server.CrashAndRestartAsync();
        }

        await Task.Delay(500);
        await stop.CancelAsync();
        var acknowledged = await Task.WhenAll(writers);

        foreach (var (key, version, failures) in acknowledged)
        {
            var stored = await storage.ReadAsync(key);
            // What was not known to be written may be; what was acknowledged is.
            long.Parse(stored.ETag!).Should().BeGreaterThanOrEqualTo(version).And.BeLessThanOrEqualTo(version + failures);
            stored.State.Note.Should().Be(stored.ETag);
        }

        acknowledged.Sum(writer => writer.Failures).Should().BeGreaterThan(0);
    }

    private static async Task<(string Key, long Version, int Failures)> WriteAsync(StorageUnderTest storage, string key, CancellationToken stop)
    {
        var (version, failures) = (0L, 0);
        var state = new NoteRecord();
        while (!stop.IsCancellationRequested)
        {
            try
            {
                state.State.Note = $"{long.Parse(state.ETag ?? "0") + 1}";
                await storage.WriteAsync(key, state);
                version = long.Parse(state.ETag!);
            }
            catch (Exception e) when (e is StorageFailedException or WriteOutcomeUnknownException or Orleans.Storage.InconsistentStateException)
            {
                failures++;
                state = await StorageUnderTest.UntilAsync(() => ReadAsync(storage, key), read => read is not null) ?? state;
            }
        }

        return (key, version, failures);
    }

    private static async Task<NoteRecord?> ReadAsync(StorageUnderTest storage, string key)
    {
        try
        {
            return await storage.ReadAsync(key);
        }
        catch (StorageFailedException)
        {
            return null;
        }
    }
}
