using System.Globalization;

[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace SipGateway.Cluster.Tests.Faults;

/// <summary>A cluster with phones that refresh, for one fault after the other.</summary>
public sealed class FaultCluster : IAsyncLifetime
{
    // bench/chaos.sh has 5,000.
    public static readonly int PhoneCount =
        int.Parse(Environment.GetEnvironmentVariable("SIPGATEWAY_TEST_PHONES") ?? "600", CultureInfo.InvariantCulture);

    public static readonly TimeSpan Refresh = TimeSpan.FromSeconds(10);

    private int _probed;

    public TestCluster Cluster { get; private set; } = null!;

    internal LedgerFleet Fleet { get; private set; } = null!;

    internal RetryingAdmin Admin { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Cluster = await TestCluster.StartAsync(PhoneCount);
        Admin = new RetryingAdmin(Cluster);
        Fleet = await LedgerFleet.StartAsync(Cluster, PhoneCount, Refresh);
    }

    public async ValueTask DisposeAsync()
    {
        if (Fleet is not null)
            await Fleet.DisposeAsync();
        Admin?.Dispose();
        if (Cluster is not null)
            await Cluster.DisposeAsync();
    }

    /// <summary>Phones that were not asked for a NOTIFY yet: one that was asked waits for what it does then.</summary>
    internal List<LedgerPhone> NextPhones(int count)
    {
        var phones = Fleet.Phones.Skip(_probed).Take(count).ToList();
        _probed += count;
        return phones;
    }
}
