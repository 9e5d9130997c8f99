namespace SipGateway.Storage.Tests.Journals;

public abstract class DeviceEventTests(TestEngine engine)
{
    private const string Mac = "001565aabbcc";

    [Fact]
    public async Task Append_Events_AreListedNewestFirstInPages()
    {
        await using var storage = await engine.OpenAsync();
        for (var i = 0; i < 25; i++)
            storage.Get<IDeviceEventWriter>().Append(Rows.Event(Mac, $"k.{i:00}", StorageUnderTest.Noon.AddSeconds(i / 2)));
        var reader = storage.Get<IDeviceEventReader>();
        await StorageUnderTest.UntilAsync(() => reader.ListAsync("t1", Mac, 100, null, default), page => page.Items.Length == 25);

        var kinds = new List<string>();
        string? key = null;
        do
        {
            var page = await reader.ListAsync("t1", Mac, 7, key, default);
            kinds.AddRange(page.Items.Select(row => row.Kind));
            key = page.NextKey;
        }
        while (key is not null);

        kinds.Should().Equal(Enumerable.Range(0, 25).Select(i => $"k.{24 - i:00}"));
        (await reader.ListAsync("t2", Mac, 100, null, default)).Items.Should().BeEmpty();
    }

    [Fact]
    public async Task Append_MoreThanFit_DropsAndNeverWaits()
    {
        var directory = engine.NewPlace();
        await using (var storage = await engine.OpenAsync(
            directory, options => options with { MaxQueuedEvents = 10, EventFlushDelay = TimeSpan.FromMinutes(1) }))
        {
            for (var i = 0; i < 100; i++)
                storage.Get<IDeviceEventWriter>().Append(Rows.Event(Mac, $"k.{i}", StorageUnderTest.Noon));
        }

        // The end flushed what was queued, a minute before its time.
        await using var again = await engine.OpenAsync(directory);
        var page = await again.Get<IDeviceEventReader>().ListAsync("t1", Mac, 100, null, default);
        page.Items.Should().HaveCount(10);
        await engine.RemoveAsync(directory);
    }
}

public sealed class SqliteDeviceEventTests() : DeviceEventTests(TestEngine.Sqlite);

public sealed class PostgresDeviceEventTests() : DeviceEventTests(TestEngine.Postgres);
