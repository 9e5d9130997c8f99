using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SipGateway.Storage.Tests.Commit;

public abstract class GroupCommitTests(TestEngine engine, ITestOutputHelper output)
{
    [Fact]
    public async Task Write_ManyAtOnce_ShareTransactions()
    {
        await using var storage = await engine.OpenAsync();
        var batches = CountBatches(storage);

        await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => storage.PutAsync($"k{i}", $"note {i}")));

        batches().Writes.Should().Be(1000);
        batches().Transactions.Should().BeLessThan(500);
        for (var i = 0; i < 1000; i += 37)
            (await storage.ReadAsync($"k{i}")).State.Note.Should().Be($"note {i}");
    }

    [Fact]
    public async Task Write_MoreThanTheQueueHolds_WaitsAndLosesNothing()
    {
        await using var storage = await engine.OpenAsync(
            configure: options => options with { MaxQueuedWrites = 4, MaxBatchRows = 3 });
        var batches = CountBatches(storage);

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => storage.PutAsync($"k{i}", "x")));

        batches().Writes.Should().Be(200);
        batches().Transactions.Should().BeGreaterThanOrEqualTo(67);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(512)]
    public async Task Write_ManyWritersForASecond_FillTheirTransactions(int writers)
    {
        await using var storage = await engine.OpenAsync();
        var batches = CountBatches(storage);
        var watch = Stopwatch.StartNew();

        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            var state = await storage.ReadAsync($"k{writer}");
            while (watch.ElapsedMilliseconds < 1000)
            {
                state.State.Note = new string('x', 1500);
                state.State.Effects =
                    new StateEffects { Devices = [Rows.Device($"k{writer}")], Audit = [Rows.Audit("x")], DueAtUtc = StorageUnderTest.Noon };
                await storage.WriteAsync($"k{writer}", state);
            }
        })));

        var (transactions, writes) = batches();
        output.WriteLine($"{writers} writers: {writes / watch.Elapsed.TotalSeconds:0} writes/s, {writes / (double)transactions:0.0} a transaction");
        // The rate is the machine's; that writers share transactions is ours.
        (writes / (double)transactions).Should().BeGreaterThan(writers / 8.0);
    }

    [Fact]
    public async Task Write_SideBySide_WaitsForCompany()
    {
        await using var storage = await engine.OpenAsync(configure: o => o with { CommitPause = TimeSpan.FromMilliseconds(300) });
        var batches = CountBatches(storage);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            for (var round = 0; round < 4; round++) await storage.PutAsync($"k{writer}-{round}", "x");
        }));

        batches().Writes.Should().Be(32);
        batches().Transactions.Should().BeLessThanOrEqualTo(6, "the first may leave alone, and each round shares one");
    }

    [Fact]
    public async Task Write_Alone_DoesNotWait()
    {
        await using var storage = await engine.OpenAsync(configure: o => o with { CommitPause = TimeSpan.FromMinutes(1) });

        for (var i = 0; i < 20; i++) await storage.PutAsync($"k{i}", "x").WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Write_AfterTheEnd_FailsClearly()
    {
        var storage = await engine.OpenAsync();
        var grains = storage.Grains;
        await storage.DisposeAsync();

        var write = () => grains.WriteStateAsync("state", StorageUnderTest.IdOf("a"), new NoteRecord());

        await write.Should().ThrowAsync<StorageFailedException>().WithMessage("*stopping*");
    }

    private static Func<(long Transactions, long Writes)> CountBatches(StorageUnderTest storage)
    {
        long transactions = 0, writes = 0;
        var factory = storage.Get<IMeterFactory>();
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == factory && instrument.Name == "sipgateway.storage.batch.writes")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<int>((_, rows, _, _) =>
        {
            Interlocked.Increment(ref transactions);
            Interlocked.Add(ref writes, rows);
        });
        listener.Start();
        return () => (Interlocked.Read(ref transactions), Interlocked.Read(ref writes));
    }
}

public sealed class SqliteGroupCommitTests(ITestOutputHelper output) : GroupCommitTests(TestEngine.Sqlite, output);

public sealed class PostgresGroupCommitTests(ITestOutputHelper output) : GroupCommitTests(TestEngine.Postgres, output);
