using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace SipGateway.Edge.Tests.Sip;

public sealed class BansTests : IDisposable
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly EdgeSipLimits limits = new();
    private readonly Lines lines = new();
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly EdgeSipMetrics metrics;
    private readonly LiveFlows live;
    private readonly Bans bans;

    public BansTests()
    {
        metrics = new EdgeSipMetrics(services.GetRequiredService<IMeterFactory>());
        live = new LiveFlows(limits, time);
        bans = new Bans(limits, live, metrics, time, lines);
    }

    [Fact]
    public void Failed_ByADatagramOfUnprovenSource_NeverCounts()
    {
        Fail(1_000, "192.0.2.9:5060", isProven: false).Should().OnlyContain(v => v == FailureVerdict.Challenged);
        Fail(1, "192.0.2.9:5060").Should().Equal(FailureVerdict.Challenged);
        lines.Texts.Should().BeEmpty();
    }

    [Fact]
    public void Failed_OverAConnection_CountsByItsHandshake() =>
        Fail(30, "192.0.2.9:5060", isProven: false, transport: "tcp")[^1].Should().Be(FailureVerdict.Banned);

    [Fact]
    public void Failed_ForOneName_BansThatNameOfThatSourceAlone()
    {
        Fail(21, "192.0.2.9:5060")[^1].Should().Be(FailureVerdict.Banned);
        Fail(1, "192.0.2.9:5061", "other").Should().Equal(FailureVerdict.Challenged);
        Fail(1, "192.0.2.10:5060").Should().Equal(FailureVerdict.Challenged);
        bans.Silences(new StillFlow("192.0.2.9:5060")).Should().BeFalse("the source itself is not banned");
        Fail(1, "192.0.2.9:5060", isProven: false).Should().Equal([FailureVerdict.Banned], "a ban that stands holds for what proves nothing, too");
    }

    [Fact]
    public void Failed_ForManyNames_BansTheSource_ExceptItsLiveFlows()
    {
        var registered = new StillFlow("192.0.2.9:7000");
        live.Note(registered, 300);
        var verdicts = Enumerable.Range(0, 111).Select(i => Fail(1, "192.0.2.9:5060", $"name{i}")[0]).ToList();
        verdicts[54].Should().Be(FailureVerdict.Challenged, "50, and 5 more for the live registration");
        verdicts[55].Should().Be(FailureVerdict.Slowed);
        verdicts[110].Should().Be(FailureVerdict.Banned);
        bans.Silences(new StillFlow("192.0.2.9:6000")).Should().BeTrue();
        bans.Silences(new StillFlow("192.0.2.10:6000")).Should().BeFalse();
        bans.Silences(registered).Should().BeFalse();
        Fail(1, "192.0.2.9:7000", "another line").Should().Equal(FailureVerdict.Challenged);
        time.Advance(limits.BanDuration + TimeSpan.FromMinutes(1));
        bans.Silences(new StillFlow("192.0.2.9:6000")).Should().BeFalse("a ban ends by itself");
    }

    [Fact]
    public void Failed_InAnOfficeOfThousand_HasItsAllowance()
    {
        for (var port = 10_000; port < 11_000; port++)
        {
            live.Note(new StillFlow($"192.0.2.9:{port}"), 300);
        }

        Enumerable.Range(0, 5_000).Select(i => Fail(1, "192.0.2.9:5060", $"name{i}")[0])
            .Should().OnlyContain(v => v == FailureVerdict.Challenged);
    }

    [Fact]
    public void Failed_ByAnIpv6Host_CountsForItsNetwork()
    {
        for (var i = 1; i <= 21; i++)
        {
            Fail(1, $"[2001:db8::{i:x}]:5060");
        }

        Fail(1, "[2001:db8::ffff]:5060").Should().Equal(FailureVerdict.Banned);
        Fail(1, "[2001:db8:0:1::1]:5060").Should().Equal(FailureVerdict.Challenged);
    }

    [Fact]
    public void Ban_BeginsAgainAndAgain_IsLoggedOncePerSourceAndPeriod_AndTagsNameNobody()
    {
        var seen = new List<(string Name, string Tags)>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (i, l) => l.EnableMeasurementEvents(i);
        listener.SetMeasurementEventCallback<long>((i, _, tags, _) =>
            seen.Add((i.Name, string.Join(',', tags.ToArray().Select(t => $"{t.Key}={t.Value}")))));
        listener.Start();

        for (var name = 0; name < 4; name++)
        {
            Fail(25, "192.0.2.9:5060", $"name{name}");
        }

        lines.Texts.Should().ContainSingle().Which.Should().Contain("192.0.2.9").And.NotContain("name0");
        Fail(25, "192.0.2.77:5060");
        lines.Texts.Should().HaveCount(2);
        time.Advance(TimeSpan.FromHours(2));
        Fail(25, "192.0.2.9:5060");
        lines.Texts.Should().HaveCount(3);

        var ours = seen.Where(s => s.Name is "sipgateway.edge.sip.bans" or "sipgateway.edge.sip.refusals").ToList();
        ours.Should().Contain(("sipgateway.edge.sip.bans", "scope=name")).And.Contain(("sipgateway.edge.sip.refusals", "reason=banned"))
            .And.Contain(("sipgateway.edge.sip.refusals", "reason=slowed")).And.NotContain(s => s.Tags.Contains("192") || s.Tags.Contains("name0"));
    }

    [Fact]
    public void LiveFlow_WhoseRegistrationEnded_IsOneNoMore()
    {
        var flow = new StillFlow("192.0.2.9:7000");
        live.IsLive(flow).Should().BeFalse();
        live.Note(flow, 60);
        live.IsLive(flow).Should().BeTrue();
        live.IsLive(new StillFlow("192.0.2.9:7000", "tcp")).Should().BeFalse("another transport is another flow");
        live.Count(SourceKey.Of(IPAddress.Parse("192.0.2.9"))).Should().Be(1);
        time.Advance(TimeSpan.FromSeconds(61));
        live.IsLive(flow).Should().BeFalse();
        live.Count(SourceKey.Of(IPAddress.Parse("192.0.2.9"))).Should().Be(0);
        live.Note(flow, 60);
        live.Forget(flow);
        live.IsLive(flow).Should().BeFalse();
    }

    [Fact]
    public void DeviceRate_OfOneAccountInALoop_HoldsItAndNoOther()
    {
        var rate = new DeviceRate(limits with { RegistrationsPerSecondPerDevice = 10, RegistrationBurstPerDevice = 5 }, time);
        Enumerable.Range(0, 100).Count(_ => rate.TryCount("loop"u8)).Should().Be(6);
        rate.IsAbove("loop"u8).Should().BeTrue();
        rate.TryCount("other"u8).Should().BeTrue();
        time.Advance(TimeSpan.FromMilliseconds(100));
        rate.IsAbove("loop"u8).Should().BeFalse();
        rate.TryCount("loop"u8).Should().BeTrue();
    }

    public void Dispose() => services.Dispose();

    private List<FailureVerdict> Fail(int times, string remote, string name = "name", bool isProven = true, string transport = "udp")
    {
        var flow = new StillFlow(remote, transport);
        if (isProven)
        {
            flow.Prove();
        }

        return [.. Enumerable.Range(0, times).Select(_ => bans.Failed(flow, name))];
    }

    private sealed class Lines : ILogger<Bans>
    {
        public List<string> Texts { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Texts.Add(formatter(state, exception));
    }
}
