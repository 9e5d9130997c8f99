using Microsoft.Extensions.Time.Testing;

namespace SipGateway.Storage.Tests.FleetHistory;

/// <summary>How fleets were: counted every ten minutes, once, and kept for a while.</summary>
public abstract class FleetHistoryTests(TestEngine engine)
{
    private static readonly DateTimeOffset Noon = StorageUnderTest.Noon;

    [Fact]
    public async Task Sample_IsOfTheFleetAsItIs_OneATenant()
    {
        var time = new FakeTimeProvider(Noon.AddMinutes(3));
        await using var storage = await engine.OpenAsync(time: time);
        await PutAsync(storage, 1, row => row with { State = "SIGNED_IN", LastSeenAtUtc = Noon }, Noon.AddHours(1));
        await PutAsync(storage, 2, row => row with { LastSeenAtUtc = Noon, Attention = "CONFLICT" }, Noon.AddHours(-2));
        await PutAsync(storage, 3, row => row with { State = "SIGNED_IN" });
        await PutAsync(storage, 4, row => row with { Tenant = "t2" });
        await storage.PutAsync(Rows.Mac(1) + "-002", "x", new StateEffects { Devices = [Rows.Device(Rows.Mac(1) + "-002") with { State = "SIGNED_IN" }] });
        await EventsAsync(storage, ("signin.signed_in", Noon.AddMinutes(-10)), ("signin.assigned", Noon.AddSeconds(-1)), ("signin.failed", Noon.AddMinutes(-5)),
            ("signin.failed", Noon.AddMinutes(-11)), ("signin.failed", Noon), ("signin.started", Noon.AddMinutes(-5)), ("signin.conflict", Noon.AddMinutes(-5)));

        var samples = await SampledAsync(storage, time, 1);

        samples.Should().ContainSingle().Which.Should().Be(new FleetSample
        {
            Tenant = "t1", AtUtc = Noon, Devices = 3, Online = 1, SignedIn = 2, Attention = 1, SignIns = 2, FailedSignIns = 1,
        });
        (await ListAsync(storage, "t2")).Should().ContainSingle().Which.Should().BeEquivalentTo(new { Devices = 1, Online = 0, SignIns = 0 });
        (await ListAsync(storage, "t3")).Should().BeEmpty();
    }

    [Fact]
    public async Task Sample_IsAddedOnceAStep_AndTheOldestGo()
    {
        var time = new FakeTimeProvider(Noon.AddMinutes(3));
        await using var storage = await engine.OpenAsync(configure: options => options with { KeepEvents = TimeSpan.FromHours(1) }, time: time);
        await PutAsync(storage, 1, row => row);
        await SampledAsync(storage, time, 1);
        await PutAsync(storage, 2, row => row);

        var samples = await SampledAsync(storage, time, 2);

        samples.Take(2).Select(sample => (sample.AtUtc, sample.Devices)).Should().Equal((Noon, 1), (Noon.AddMinutes(10), 2));
        (await storage.Engine.AddFleetSamplesAsync([samples[0] with { Devices = 99 }], Noon)).Should().Be(0, "what was counted first counts");
        (await ListAsync(storage, "t1")).Should().StartWith(samples[0]);
        (await storage.Get<IFleetHistoryReader>().ListAsync("t1", Noon.AddMinutes(11), default)).Should().BeEmpty();
        await storage.Engine.AddFleetSamplesAsync([], Noon.AddMinutes(5));
        (await ListAsync(storage, "t1")).Should().StartWith(samples[1], "the first is too old");
    }

    // The first step is not left while it is counted in.
    private static Task<IReadOnlyList<FleetSample>> SampledAsync(StorageUnderTest storage, FakeTimeProvider time, int count) => StorageUnderTest.UntilAsync(
        () =>
        {
            if (time.GetUtcNow().Minute % 10 < 8 || count > 1)
                time.Advance(TimeSpan.FromSeconds(20));
            return ListAsync(storage, "t1");
        },
        found => found.Count >= count);

    private static Task<IReadOnlyList<FleetSample>> ListAsync(StorageUnderTest storage, string tenant) =>
        storage.Get<IFleetHistoryReader>().ListAsync(tenant, Noon.AddDays(-1), default);

    private static Task EventsAsync(StorageUnderTest storage, params (string Kind, DateTimeOffset At)[] events) => storage.PutAsync(
        "events", "x", new StateEffects { Events = [.. events.Select(e => Rows.Event(Rows.Mac(1), e.Kind, e.At))] });

    // Its contact lives for five minutes from when it was seen.
    private static Task PutAsync(StorageUnderTest storage, int n, Func<DeviceRow, DeviceRow> change, DateTimeOffset? seen = null) => storage.PutAsync(
        Rows.Mac(n), "x", new StateEffects
        {
            Devices = [change(Rows.Device(Rows.Mac(n)))],
            Bindings = seen is { } at ? [Rows.Binding(Rows.Mac(n), "b1", 1, at)] : [],
        });
}

public sealed class SqliteFleetHistoryTests() : FleetHistoryTests(TestEngine.Sqlite);

public sealed class PostgresFleetHistoryTests() : FleetHistoryTests(TestEngine.Postgres);
