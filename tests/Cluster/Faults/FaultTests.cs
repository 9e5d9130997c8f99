using System.Globalization;
using Npgsql;

namespace SipGateway.Cluster.Tests.Faults;

/// <summary>
/// What breaks, and what phones and administrators notice of it: a ledger that the phones keep decides. One cluster, made whole again after
/// each fault.
/// </summary>
public sealed class FaultTests(FaultCluster faults, ITestOutputHelper output) : IClassFixture<FaultCluster>, IDisposable
{
    private readonly TestCluster _cluster = faults.Cluster;
    private readonly LedgerFleet _fleet = faults.Fleet;
    private readonly RetryingAdmin _admin = faults.Admin;

    public void Dispose()
    {
        if (TestContext.Current.TestState?.Result == TestResult.Failed)
            output.WriteLine(_cluster.Words);
    }

    [Fact]
    public async Task Silo_Killed_EveryBindingIsReachableAgainWithoutThePhone()
    {
        (await ProbeAsync("before", 20)).Should().OnlyContain(took => took != null);
        var killed = _fleet.NowMs;
        await TestCluster.SignalAsync(_cluster.Silos[1], "KILL");

        var took = await ProbeAsync("silo killed", 120, killed);

        took.Should().OnlyContain(time => time != null && time <= 8_000, "every binding is reachable again within eight seconds");
        await HealAsync(_cluster.Silos[1]);
        CheckAnswers();
    }

    [Fact]
    public async Task Silo_Stopped_IsEvictedAndLeavesWhenItWakes()
    {
        var stopped = _fleet.NowMs;
        var process = _cluster.Silos[2].ProcessId;
        await TestCluster.SignalAsync(_cluster.Silos[2], "STOP");

        var took = await ProbeAsync("silo stopped", 120, stopped, TimeSpan.FromSeconds(25));

        took.Should().OnlyContain(time => time != null && time <= 20_000, "every binding is reachable again within twenty seconds");
        await TestCluster.SignalAsync(_cluster.Silos[2], "CONT");
        var woken = _fleet.NowMs;
        await UntilAsync(() => Task.FromResult(_cluster.Silos[2].ProcessId != process), TimeSpan.FromSeconds(10), "the silo that was evicted ends");
        output.WriteLine($"it ended {_fleet.NowMs - woken} ms after it woke");
        _cluster.Words.Should().Contain("This silo was removed from its cluster", "its last words say what happened");
        await HealAsync(_cluster.Silos[2]);
        CheckAnswers();
        await CheckRowsAsync();
    }

    [Fact]
    public async Task Edge_Killed_ItsPhonesAreThereOnTheOther()
    {
        var killed = _fleet.NowMs;
        await TestCluster.SignalAsync(_cluster.Edges[0], "KILL");
        var moved = _fleet.Phones.Where(phone => phone.Edge == 0).ToList();

        await UntilAsync(
            () => Task.FromResult(moved.All(phone => phone.Edge == 1 && phone.RegisteredAtMs > killed)), TimeSpan.FromSeconds(60), "all phones moved");

        (await ProbeAsync("edge killed", 80, _fleet.NowMs)).Should().OnlyContain(time => time != null && time <= 4_000);
        await HealAsync(_cluster.Edges[0]);
        CheckAnswers();
    }

    [Theory]
    [InlineData("fast")]
    [InlineData("immediate")]
    public async Task Postgres_Restarted_NothingAcknowledgedIsLost(string mode)
    {
        await _cluster.Postgres.StopAsync(mode);
        await _cluster.Postgres.StartAsync();
        var back = _fleet.NowMs;

        (await ProbeAsync($"postgres restarted {mode}", 40, back)).Should().OnlyContain(time => time != null && time <= 10_000);

        CheckAnswers();
        await CheckRowsAsync();
    }

    [Fact]
    public async Task Postgres_Away_RefreshesAreAnsweredAndNoSiloLeaves()
    {
        var away = TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("SIPGATEWAY_TEST_AWAY_SECONDS") ?? "20", CultureInfo.InvariantCulture));
        var silos = _cluster.Silos.ConvertAll(silo => silo.ProcessId);
        await _cluster.Postgres.StopAsync();
        var gone = _fleet.NowMs;
        await Task.Delay(away);

        _fleet.Phones.Should().OnlyContain(phone => phone.RegisteredAtMs > gone, "refreshes are answered under their leases");
        await _cluster.Postgres.StartAsync();
        (await ProbeAsync("postgres was away", 40, _fleet.NowMs)).Should().OnlyContain(time => time != null && time <= 15_000);
        _cluster.Silos.ConvertAll(silo => silo.ProcessId).Should().Equal(silos, "a database that is away is no reason to leave");
        CheckAnswers();
    }

    private async Task<long?[]> ProbeAsync(string what, int count, long? sinceMs = null, TimeSpan? patience = null)
    {
        var phones = faults.NextPhones(count);
        phones.Should().HaveCount(count, "there are phones left that were not asked yet");
        var took = await Reachability.MeasureAsync(_fleet, _admin, phones, sinceMs ?? _fleet.NowMs, patience ?? TimeSpan.FromSeconds(15));
        output.WriteLine($"{what}: reached {took.Count(time => time is not null)} of {count}; median {took[count / 2]} ms, slowest {took[^1]} ms; {_fleet.Counts}");
        _admin.Refusals.Should().BeEmpty();
        return took;
    }

    // What no phone may ever be told: that it is unknown, forbidden, or wrong; and no "later" without a time.
    private void CheckAnswers()
    {
        _fleet.Counts.Seen.Should().BeSubsetOf([200, 401, 503], "phones were answered {0}", _fleet.Counts);
        _fleet.Counts.BareRefusals.Should().Be(0);
    }

    private async Task CheckRowsAsync()
    {
        await using var database = _cluster.Database();
        await using var command = database.CreateCommand("SELECT count(*) FROM binding");
        ((long)(await command.ExecuteScalarAsync())!).Should().Be(FaultCluster.PhoneCount);
    }

    private async Task HealAsync(LocalCluster.Child child)
    {
        await child.Ready.WaitAsync(TimeSpan.FromSeconds(60));
        var since = _fleet.NowMs;
        await UntilAsync(
            () => Task.FromResult(_fleet.Phones.All(phone => phone.RegisteredAtMs > since)), FaultCluster.Refresh * 4, "all phones are registered in the healed cluster");
    }

    private static async Task UntilAsync(Func<Task<bool>> ask, TimeSpan patience, string what)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await ask())
        {
            TimeProvider.System.GetElapsedTime(began).Should().BeLessThan(patience, what);
            await Task.Delay(50);
        }
    }
}
