using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace SipGateway.Portal.Tests.Calls;

/// <summary>One watch for all open pages: what each is told, how often, and what happens when the watch breaks.</summary>
public sealed class DeviceFeedTests : IDisposable
{
    private readonly FakeTimeProvider time = new();
    private readonly WrittenWatch watch = new();
    private readonly LogLines log = new();
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly Dictionary<DeviceFollower, int[]> shown = [];
    private readonly DeviceFeed feed;

    public DeviceFeedTests() => feed = new DeviceFeed(time, log, services.GetRequiredService<IMeterFactory>());

    public void Dispose() => services.Dispose();

    [Fact]
    public async Task Page_HearsOfItsOwnPhonesOnly_TheNewestOfEach()
    {
        using var page = Open(1, 2);
        using var other = Open(700);
        await watch.OpenedAsync();
        watch.Sync("a");
        await SyncedAsync(page, other);

        watch.Change("b", [.. Enumerable.Range(0, 600).Select(n => Phones.Of(n, "first")), Phones.Of(2, "second")]);

        await TickUntilHeardAsync(page);
        var tidings = page.Take();
        tidings.Changed.Values.Select(d => (d.Name, d.Location)).Should().BeEquivalentTo([(Phones.Name(1), "first"), (Phones.Name(2), "second")]);
        tidings.IsStale.Should().BeFalse("its list ends at both its phones");
        other.Heard.IsCompleted.Should().BeFalse("nothing of it changed");
    }

    [Fact]
    public async Task Page_IsToldAtMostFourTimesASecond_AndOfAllOfIt()
    {
        using var page = Open(1);
        await watch.OpenedAsync();
        watch.Sync("a");
        await SyncedAsync(page);
        await TickUntilHeardAsync(page, () => watch.Change("b", Phones.Of(1, "b")));
        page.Take().Changed.Should().ContainKey(Phones.Name(1));

        watch.Change("c", Phones.Of(1, "c"));
        watch.Change("d", Phones.Of(1, "d"));
        await Task.Delay(50);
        page.Heard.IsCompleted.Should().BeFalse("its quarter of a second is not over");
        await TickUntilHeardAsync(page);
        page.Take().Changed.Values.Single().Location.Should().Be("c");
        await TickUntilHeardAsync(page);
        page.Take().Changed.Values.Single().Location.Should().Be("d");
    }

    [Fact]
    public async Task Watch_ThatBreaks_PagesSayThatTheyAreNotLive_AndItGoesOnWhereItStood()
    {
        using var failures = new MetricCount(services.GetRequiredService<IMeterFactory>());
        using var page = Open(1);
        await watch.OpenedAsync();
        watch.Sync("a");
        await SyncedAsync(page);

        await TickUntilHeardAsync(page, () => watch.Break(StatusCode.Unavailable));
        page.Take().IsLive.Should().BeFalse();
        failures.Total.Should().Be(1);
        log.Lines.Should().ContainSingle().Which.Should().StartWith("Warning").And.Contain("Unavailable").And.Contain("tried again in 1 s");
        using (var late = Open(9)) late.Take().IsLive.Should().BeFalse("a page that is opened meanwhile says so, too");

        (await TickUntilAsync(watch.OpenedAsync())).Should().Be("a");
        watch.Sync("b");
        await TickUntilHeardAsync(page);
        var tidings = page.Take();
        tidings.IsLive.Should().BeTrue();
        tidings.IsStale.Should().BeFalse("what was missed is told, so nothing has to be read anew");
    }

    [Fact]
    public async Task Watch_ThatSaysNothingForLong_IsBroken()
    {
        using var page = Open(1);
        await watch.OpenedAsync();
        watch.Sync("a");
        await SyncedAsync(page);
        await Task.Delay(50); // it reads on

        time.Advance(FeedPatience.LongestSilence + DeviceFeed.TellPause);

        await page.Heard.WaitAsync(TimeSpan.FromSeconds(5));
        page.Take().IsLive.Should().BeFalse();
    }

    [Fact]
    public async Task Watch_WhosePlaceIsLost_BeginsAnew_AndEveryPageIsReadAnew()
    {
        using var page = Open(1);
        await watch.OpenedAsync();
        watch.Sync("a");
        await SyncedAsync(page);

        await TickUntilHeardAsync(page, () => watch.Break(StatusCode.OutOfRange));
        page.Take();
        (await TickUntilAsync(watch.OpenedAsync())).Should().BeEmpty();
        watch.Sync("z");
        await TickUntilHeardAsync(page);

        page.Take().IsStale.Should().BeTrue();
    }

    [Fact]
    public async Task Session_ThatIsRefused_AnotherCarriesOnAtOnce()
    {
        var second = new WrittenWatch();
        using var page = Open(1);
        using var other = Show(feed.Join(second.Open), 1);
        await watch.OpenedAsync();
        watch.Sync("a");
        await SyncedAsync(page, other);

        watch.Break(StatusCode.Unauthenticated);
        (await TickUntilAsync(second.OpenedAsync())).Should().Be("a");
        second.Sync("b");
        second.Change("c", Phones.Of(1, "c"));

        await TickUntilHeardAsync(other);
        other.Take().Should().Match<Tidings>(t => t.IsLive && !t.IsStale);
        log.Lines.Should().OnlyContain(line => line.StartsWith("Debug"), "an administrator's doing is no fault of the gateway");
    }

    [Fact]
    public async Task Page_ThatComesWhileTheWatchRests_IsNotKeptWaiting()
    {
        using var page = Open(1);
        await watch.OpenedAsync();
        watch.Break(StatusCode.PermissionDenied);
        await UntilAsync(() => !page.Take().IsLive);
        var better = new WrittenWatch();

        using var late = Show(feed.Join(better.Open), 2);

        await TickUntilAsync(Task.WhenAny(watch.OpenedAsync(), better.OpenedAsync()), ticks: 0);
        time.GetUtcNow().Should().Be(new FakeTimeProvider().GetUtcNow(), "no time went by");
    }

    [Fact]
    public void Rest_DoublesUpToHalfAMinute_AndIsShortAgainOnceItWorked()
    {
        var patience = new FeedPatience();

        Enumerable.Range(0, 7).Select(_ => patience.NextRest().TotalSeconds).Should().Equal(1, 2, 4, 8, 16, 30, 30);
        patience.Restore();
        patience.NextRest().Should().Be(FeedPatience.FirstRest);
    }

    private DeviceFollower Open(params int[] phones) => Show(feed.Join(watch.Open), phones);

    private DeviceFollower Show(DeviceFollower follower, params int[] phones)
    {
        shown[follower] = phones;
        follower.Show(
            phones.Select(n => Phones.Of(n)), new DeviceWindow(Phones.Mac(phones[0]), Phones.Mac(phones[^1]), new DeviceMatch(_ => true, _ => true)));
        return follower;
    }

    // The first sync of a watch that begins anew makes every page stale: what happened before it was not told.
    private async Task SyncedAsync(params DeviceFollower[] pages)
    {
        foreach (var page in pages)
        {
            await TickUntilHeardAsync(page);
            page.Take().IsStale.Should().BeTrue();
            Show(page, shown[page]);
        }

        time.Advance(DeviceFeed.TellPause);
    }

    private Task TickUntilHeardAsync(DeviceFollower page, Action? act = null)
    {
        act?.Invoke();
        return TickUntilAsync(page.Heard);
    }

    // Time goes on in quarters of a second until it happened; what waits for a timer may not have begun to when the first one passes.
    private async Task TickUntilAsync(Task happened, int ticks = 100)
    {
        for (var n = 0; n < ticks && !happened.IsCompleted; n++)
        {
            await Task.WhenAny(happened, Task.Delay(20));
            if (!happened.IsCompleted) time.Advance(DeviceFeed.TellPause);
        }

        await happened.WaitAsync(TimeSpan.FromSeconds(5));
    }

    private async Task<T> TickUntilAsync<T>(Task<T> happened)
    {
        await TickUntilAsync((Task)happened);
        return await happened;
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        for (var n = 0; n < 200 && !isSo(); n++) await Task.Delay(10);
    }

    private sealed class LogLines : ILogger<DeviceFeed>
    {
        private readonly ConcurrentQueue<string> lines = new();

        public IReadOnlyCollection<string> Lines => lines;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel}: {formatter(state, exception)}");
    }

    private sealed class MetricCount : IDisposable
    {
        private readonly MeterListener listener = new();
        private long total;

        public MetricCount(IMeterFactory factory)
        {
            listener.InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == DeviceFeed.FailuresName && instrument.Meter.Scope == factory) self.EnableMeasurementEvents(instrument);
            };
            listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref total, value));
            listener.Start();
        }

        public long Total => Interlocked.Read(ref total);

        public void Dispose() => listener.Dispose();
    }
}
