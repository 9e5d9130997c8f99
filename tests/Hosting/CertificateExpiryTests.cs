using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace SipGateway.Hosting.Tests;

public sealed class CertificateExpiryTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-05-01T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
    private readonly Lines _lines = new();

    [Fact]
    public async Task Certificate_NearItsEnd_IsToldOfOnceADayUntilItIsRenewed()
    {
        var end = _time.GetUtcNow().AddDays(31);
        var looks = 0;
        using var expiry = await StartAsync(new EndingCertificate("cluster", "/etc/silo.pem", () =>
        {
            Interlocked.Increment(ref looks);
            return end;
        }));
        await DayAsync(1);
        _lines.Said.Should().BeEmpty("a month and a day is time enough");

        _time.Advance(TimeSpan.FromDays(1));
        await DayAsync(2);
        _time.Advance(TimeSpan.FromDays(1));
        await DayAsync(3);
        await EventuallyAsync(1);
        _lines.Said[^1].Should().Contain("cluster certificate in /etc/silo.pem ends on 2026-06-01").And.Contain("in 29 days");

        _time.Advance(TimeSpan.FromDays(1));
        await DayAsync(4);
        await EventuallyAsync(2);
        end = _time.GetUtcNow().AddDays(365);
        _time.Advance(TimeSpan.FromDays(1));
        await DayAsync(5);
        await Task.Delay(50);
        _lines.Said.Should().HaveCount(2, "it was renewed");

        // Each day is waited for: time that is put forward by two days at once may be looked at once or twice.
        async Task DayAsync(int count)
        {
            for (var i = 0; i < 500 && Volatile.Read(ref looks) < count; i++)
                await Task.Delay(20);
            Volatile.Read(ref looks).Should().Be(count);
        }
    }

    [Fact]
    public async Task Certificate_ThatEnded_SaysWhatFailsNow()
    {
        var end = _time.GetUtcNow().AddDays(-1);

        using var expiry = await StartAsync(new EndingCertificate("server", "own.pem", () => end));

        await EventuallyAsync(1);
        _lines.Said.Should().ContainSingle().Which.Should().Contain("ended on 2026-04-30").And.Contain("new ones fail");
    }

    private async Task<CertificateExpiry> StartAsync(params EndingCertificate[] certificates)
    {
        var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var expiry = new CertificateExpiry(certificates, _time, new Logger<CertificateExpiry>(_lines), services.GetRequiredService<IMeterFactory>());
        await expiry.StartAsync(CancellationToken.None);
        return expiry;
    }

    private async Task EventuallyAsync(int count)
    {
        for (var i = 0; i < 100 && _lines.Said.Count < count; i++)
            await Task.Delay(20);
        _lines.Said.Should().HaveCount(count);
    }

    private sealed class Lines : ILoggerFactory, ILogger
    {
        public List<string> Said { get; } = [];

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Said.Add(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
