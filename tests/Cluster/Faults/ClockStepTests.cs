using System.Globalization;
using System.Text.RegularExpressions;

namespace SipGateway.Cluster.Tests.Faults;

/// <summary>Somebody sets the clocks of every machine of a cluster, the database's too, five minutes forward and then back.</summary>
public sealed partial class ClockStepTests(ITestOutputHelper output)
{
    private const int PhoneCount = 100;
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    // What phones ask for, and what nonces live.
    private static readonly TimeSpan Expiry = TimeSpan.FromSeconds(300);

    // Two minutes: every look at a clock goes through the library. bench/chaos.sh runs it; SteadyTimeTests has the rules every day.
    [Fact(Explicit = true)]
    public async Task Clocks_SteppedForwardAndBack_NothingExpiresAndNothingIsForEver()
    {
        SteppedClock.Library.Should().NotBeNull("libfaketime is installed by test.sh");
        using var clock = new SteppedClock();
        await using var cluster = await TestCluster.StartAsync(PhoneCount, inside: clock.Inside);
        await using var fleet = await LedgerFleet.StartAsync(cluster, PhoneCount, Refresh);
        using var admin = new RetryingAdmin(cluster);
        try
        {
            await LiveOnAsync(cluster, fleet, admin, clock, Step, fleet.Phones[..20]);
            await LiveOnAsync(cluster, fleet, admin, clock, -Step, fleet.Phones[20..40]);
            StampsOf(cluster.Words, "SipGateway.Hosting.TimeKeeping").Should().NotBeEmpty("a clock that was stepped is told of")
                .And.Contain(stamp => Math.Abs((stamp - TimeProvider.System.GetUtcNow()).TotalSeconds) > 200, "the processes' own clocks were stepped");
        }
        catch
        {
            output.WriteLine(cluster.Words);
            throw;
        }
    }

    private async Task LiveOnAsync(
        TestCluster cluster, LedgerFleet fleet, RetryingAdmin admin, SteppedClock clock, TimeSpan ahead, IReadOnlyCollection<LedgerPhone> asked)
    {
        clock.Set(ahead);
        await Task.Delay(1_500);
        (await DatabaseIsAheadAsync(cluster)).Should().BeCloseTo(ahead, TimeSpan.FromSeconds(5), "the database's clock is stepped");
        var (challenges, since) = (fleet.Counts[401], fleet.NowMs);
        await Task.Delay(Refresh * 2.5);

        fleet.Phones.Should().OnlyContain(phone => phone.RegisteredAtMs > since, "no phone is lost");
        fleet.Counts.Seen.Should().BeSubsetOf([200, 401, 503]);
        var took = await Reachability.MeasureAsync(fleet, admin, asked, fleet.NowMs, TimeSpan.FromSeconds(10));
        output.WriteLine($"{ahead.TotalMinutes:+0;-0} min: {fleet.Counts[401] - challenges} challenges, slowest NOTIFY {took[^1]} ms; {fleet.Counts}");
        (fleet.Counts[401] - challenges).Should().BeLessThan(PhoneCount / 4, "nonces do not age by a step");
        took.Should().OnlyContain(time => time != null && time <= 8_000, "bindings do not expire by a step");
        admin.Refusals.Should().BeEmpty();

        // By the true time, every binding ends when the phone was told, and not five minutes later or sooner.
        var ends = await EndsAsync(cluster);
        ends.Should().HaveCount(PhoneCount).And.OnlyContain(end => end > TimeSpan.FromSeconds(Expiry.TotalSeconds / 2) && end < Expiry + TimeSpan.FromSeconds(10));
    }

    private static async Task<TimeSpan> DatabaseIsAheadAsync(TestCluster cluster)
    {
        await using var database = cluster.Database();
        await using var command = database.CreateCommand("SELECT clock_timestamp()");
        return new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync())!) - TimeProvider.System.GetUtcNow();
    }

    private static async Task<List<TimeSpan>> EndsAsync(TestCluster cluster)
    {
        await using var database = cluster.Database();
        await using var command = database.CreateCommand("SELECT expires_us FROM contact");
        await using var reader = await command.ExecuteReaderAsync();
        var (ends, now) = (new List<TimeSpan>(), TimeProvider.System.GetUtcNow());
        while (await reader.ReadAsync())
            ends.Add(DateTimeOffset.UnixEpoch.AddMicroseconds(reader.GetInt64(0)) - now);
        return ends;
    }

    // Logs are stamped by the process's own clock.
    private static List<DateTimeOffset> StampsOf(string words, string category) => [.. words.Split('\n')
        .Where(line => line.Contains(category, StringComparison.Ordinal))
        .Select(line => Stamp().Match(line)).Where(match => match.Success)
        .Select(match => DateTimeOffset.Parse(match.Value, CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")]
    private static partial Regex Stamp();
}
