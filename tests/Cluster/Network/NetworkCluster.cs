using System.Globalization;
using System.Net;

namespace SipGateway.Cluster.Tests.Network;

/// <summary>A cluster whose parts are hosts of their own, with phones that refresh: one for all cuts, made whole again after each.</summary>
public sealed class NetworkCluster : IAsyncLifetime
{
    // bench/chaos.sh has more of both.
    public static readonly int PhoneCount = Number("SIPGATEWAY_TEST_PHONES", 400);
    public static readonly TimeSpan CutTime = TimeSpan.FromSeconds(Number("SIPGATEWAY_TEST_AWAY_SECONDS", 8));

    public static readonly TimeSpan Refresh = TimeSpan.FromSeconds(3);

    // Enrolled, and not on the network yet.
    private const int SparePhones = 60;
    private static readonly TimeSpan RestartPause = TimeSpan.FromSeconds(2);

    private int _probed;
    private int _spare;
    private ClusterHosts? _hosts;
    private BadWire[] _wires = [];
    private BadWire[] _loneWires = [];

    public TestCluster Cluster { get; private set; } = null!;

    public ClusterHosts Hosts => _hosts!;

    internal LedgerFleet Fleet { get; private set; } = null!;

    internal RetryingAdmin Admin { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (TestNetwork.Refusal is not null)
            return;
        _hosts = await ClusterHosts.CreateAsync();
        Cluster = await TestCluster.StartAsync(PhoneCount + SparePhones, RestartPause, hosts: Hosts);
        Admin = new RetryingAdmin(Cluster);
        _wires = [.. Cluster.Sip.Select((edge, i) => new BadWire(Cluster.Here, edge, seed: i))];
        _loneWires = [.. Cluster.Sip.Select((edge, i) => new BadWire(Cluster.Here, edge, seed: 100 + i))];
        Fleet = await LedgerFleet.StartAsync(Cluster, PhoneCount, Refresh, [.. _wires.Select(wire => wire.EndPoint)]);
    }

    public async ValueTask DisposeAsync()
    {
        if (Fleet is not null)
            await Fleet.DisposeAsync();
        foreach (var wire in _wires.Concat(_loneWires))
            await wire.DisposeAsync();
        Admin?.Dispose();
        if (Cluster is not null)
            await Cluster.DisposeAsync();
        if (_hosts is not null)
            await _hosts.DisposeAsync();
    }

    /// <summary>An enrolled phone that never registered.</summary>
    /// <param name="through">Where it sends to; null: an edge behind a wire.</param>
    internal LonePhone NextSpare(IPEndPoint? through = null)
    {
        _spare.Should().BeLessThan(SparePhones, "there are phones left that never registered");
        var number = PhoneCount + _spare++;
        return new LonePhone(number, Cluster, through ?? _loneWires[number % _loneWires.Length].EndPoint);
    }

    /// <summary>What wires do from now on to all phones.</summary>
    internal void SetWires(WireFaults faults)
    {
        SetLoneWires(faults);
        foreach (var wire in _wires)
            wire.Faults = faults;
    }

    /// <summary>What wires do from now on to phones that are alone.</summary>
    internal void SetLoneWires(WireFaults faults)
    {
        foreach (var wire in _loneWires)
            wire.Faults = faults;
    }

    /// <summary>How many bindings these phones have, and how often one was made according to their journals.</summary>
    internal async Task<(int Bindings, int Made)> BindingsAsync(IEnumerable<LonePhone> phones)
    {
        await using var database = Cluster.Database();
        await using var command = database.CreateCommand(
            "SELECT (SELECT count(*)::int FROM binding WHERE mac = ANY($1)), (SELECT count(*)::int FROM device_event WHERE mac = ANY($1) AND kind LIKE 'registration.%')");
        command.Parameters.AddWithValue(phones.Select(phone => phone.Mac).ToArray());
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetInt32(0), reader.GetInt32(1));
    }

    /// <summary>Asks phones that were not asked yet for a NOTIFY; says how long after a moment each came.</summary>
    internal async Task<long?[]> ProbeAsync(int count, long sinceMs, TimeSpan patience)
    {
        var phones = Fleet.Phones.Skip(_probed).Take(count).ToList();
        phones.Should().HaveCount(count, "there are phones left that were not asked yet");
        _probed += count;
        var took = await Reachability.MeasureAsync(Fleet, Admin, phones, sinceMs, patience);
        Admin.Refusals.Should().BeEmpty();
        return took;
    }

    /// <summary>What no phone may ever be told: that it is unknown, forbidden, or wrong; and no "later" without a time. One binding each.</summary>
    internal async Task CheckLedgerAsync()
    {
        Fleet.Counts.Seen.Should().BeSubsetOf([200, 401, 503], "phones were answered {0}", Fleet.Counts);
        Fleet.Counts.BareRefusals.Should().Be(0);
        await using var database = Cluster.Database();
        await using var command = database.CreateCommand("SELECT count(*), count(DISTINCT mac) FROM binding WHERE mac = ANY($1)");
        command.Parameters.AddWithValue(Fleet.Phones.Select(phone => phone.Mac).ToArray());
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        (reader.GetInt64(0), reader.GetInt64(1)).Should().Be((PhoneCount, PhoneCount));
    }

    /// <summary>Waits until every silo is up and every phone has registered since.</summary>
    internal async Task WholeAgainAsync()
    {
        for (var i = 0; i < TestCluster.SiloCount; i++)
        {
            var silo = i;
            await UntilAsync(async () => await ReadyAsync(silo) == HttpStatusCode.OK, TimeSpan.FromSeconds(60), $"silo {i} is ready again");
        }

        var since = Fleet.NowMs;
        await UntilAsync(() => Task.FromResult(Fleet.Phones.All(phone => phone.RegisteredAtMs > since)), Refresh * 6, "all phones are registered in the healed cluster");
    }

    /// <summary>What a silo's readiness says; null: nobody answers.</summary>
    internal async Task<HttpStatusCode?> ReadyAsync(int silo)
    {
        using var http = new HttpClient { BaseAddress = Cluster.SiloOps[silo], Timeout = TimeSpan.FromSeconds(2) };
        try
        {
            using var answer = await http.GetAsync("health/ready");
            return answer.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    internal static async Task UntilAsync(Func<Task<bool>> ask, TimeSpan patience, string what)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await ask())
        {
            TimeProvider.System.GetElapsedTime(began).Should().BeLessThan(patience, what);
            await Task.Delay(50);
        }
    }

    private static int Number(string variable, int otherwise) =>
        int.Parse(Environment.GetEnvironmentVariable(variable) ?? $"{otherwise}", CultureInfo.InvariantCulture);
}

/// <summary>Tests that cut its cables, one after the other.</summary>
[CollectionDefinition]
public sealed class OneNetwork : ICollectionFixture<NetworkCluster>;
