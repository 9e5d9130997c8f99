using Microsoft.Extensions.Time.Testing;

namespace SipGateway.Storage.Tests.Journals;

public abstract class PruningTests(TestEngine engine)
{
    private const string Mac = "001565aabbcc";

    [Fact]
    public async Task Prune_OldRows_GoAndYoungOnesAndTheAuditStay()
    {
        var time = new FakeTimeProvider(StorageUnderTest.Noon);
        await using var storage = await engine.OpenAsync(time: time);
        await WriteAsync(storage, "old", StorageUnderTest.Noon);
        time.Advance(TimeSpan.FromDays(31));
        await WriteAsync(storage, "young", time.GetUtcNow());

        time.Advance(TimeSpan.FromMinutes(6));

        var events = await StorageUnderTest.UntilAsync(
            () => storage.Get<IDeviceEventReader>().ListAsync("t1", Mac, 10, null, default), page => page.Items.Length == 1);
        events.Items[0].Kind.Should().Be("young");
        (await StorageUnderTest.UntilAsync(() => storage.Get<IChangeFeed>().ReadAsync(0, 10, default), rows => rows.Count > 0))
            .Should().ContainSingle().Which.Version.Should().Be(2);
        (await storage.Get<IRevocationReader>().ReadAsync("", 0, 10, default)).Should().ContainSingle().Which.AtUtc.Should().Be(StorageUnderTest.Noon.AddDays(31));
        (await StorageUnderTest.UntilAsync(() =>
            storage.Get<IAuditReader>().ListAsync("t1", 10, null, default), page => page.Items.Length == 2))
            .Items.Select(row => row.Row.Target).Should().Equal("young", "old");
    }

    private static Task<NoteRecord> WriteAsync(StorageUnderTest storage, string word, DateTimeOffset at) =>
        storage.PutAsync(Mac, word, new StateEffects
    {
        Events = [Rows.Event(Mac, word, at)],
        Audit = [Rows.Audit(word)],
        Revocations = [new RevocationRow("", Mac, 1)],
    });
}

public sealed class SqlitePruningTests() : PruningTests(TestEngine.Sqlite);

public sealed class PostgresPruningTests() : PruningTests(TestEngine.Postgres);
