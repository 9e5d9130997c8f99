using System.Globalization;

namespace SipGateway.Cluster.Tests.Faults;

/// <summary>Every silo and every edge is restarted, one after the other, while phones refresh: none of them notices.</summary>
public sealed class RollingRestartTests(ITestOutputHelper output)
{
    private static readonly int PhoneCount =
        int.Parse(Environment.GetEnvironmentVariable("SIPGATEWAY_TEST_PHONES") ?? "600", CultureInfo.InvariantCulture);

    // A minute and a half, and thousands of phones: bench/chaos.sh runs it. UpgradeTests restarts every process under load every day, and asks for the same.
    [Fact(Explicit = true)]
    public async Task Restart_OfEverySiloAndEdge_NoRegistrationFails()
    {
        await using var cluster = await TestCluster.StartAsync(PhoneCount, TimeSpan.FromMilliseconds(100));
        await using var fleet = await LedgerFleet.StartAsync(cluster, PhoneCount, TimeSpan.FromSeconds(5));
        using var admin = new RetryingAdmin(cluster);
        try
        {
            foreach (var child in cluster.Silos.Concat(cluster.Edges))
                await RestartAsync(child, fleet);

            // The binding that each phone was given for 300 s never ended, and nobody was told anything but "again" and "later".
            output.WriteLine($"{fleet.Counts}; transactions without any answer {fleet.Phones.Sum(phone => phone.Silences)}");
            fleet.Counts.Seen.Should().BeSubsetOf([200, 401, 503]);
            fleet.Counts.BareRefusals.Should().Be(0);
            var took = await Reachability.MeasureAsync(fleet, admin, fleet.Phones[..50], fleet.NowMs, TimeSpan.FromSeconds(10));
            took.Should().OnlyContain(time => time != null && time <= 4_000);
        }
        catch
        {
            output.WriteLine(cluster.Words);
            throw;
        }
    }

    private static async Task RestartAsync(LocalCluster.Child child, LedgerFleet fleet)
    {
        var old = child.ProcessId;
        await TestCluster.SignalAsync(child, "TERM");
        await UntilAsync(() => child.ProcessId != old && child.ProcessId > 0, TimeSpan.FromSeconds(40), "it drains and ends");
        await child.Ready.WaitAsync(TimeSpan.FromSeconds(60));
        var since = fleet.NowMs;
        await UntilAsync(() => fleet.Phones.All(phone => phone.RegisteredAtMs > since), TimeSpan.FromSeconds(40), "all phones are registered");
    }

    private static async Task UntilAsync(Func<bool> ask, TimeSpan patience, string what)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!ask())
        {
            TimeProvider.System.GetElapsedTime(began).Should().BeLessThan(patience, what);
            await Task.Delay(50);
        }
    }
}
