using System.Globalization;
using SipGateway.Cluster.Tests.Lives;
using SipGateway.LocalCluster;

namespace SipGateway.Cluster.Tests.Versions;

/// <summary>
/// A cluster of the version before this one is upgraded process by process, while phones refresh and others live from claim to deletion; one silo
/// goes back to the version before, and forth again: no phone notices, and nothing is lost or doubled.
/// </summary>
public sealed class UpgradeTests(ITestOutputHelper output)
{
    private static readonly int Count = int.Parse(Environment.GetEnvironmentVariable("SIPGATEWAY_TEST_LIVES") ?? "24", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Upgrade_ProcessByProcess_NoPhoneNoticesAndNothingIsLost()
    {
        var previous = await PreviousVersion.BuildAsync();
        await using var cluster = await TestCluster.StartAsync(phones: 100, restartPause: TimeSpan.FromMilliseconds(200), programs: previous);
        try
        {
            await using var run = await LifeRun.StartAsync(cluster, Count);

            // As docs/OPERATIONS.md says: silos, edges, the admin API.
            foreach (var silo in cluster.Silos)
                await RestartAsAsync(silo, TestCluster.ProgramOf("Silo"), run);
            await RestartAsAsync(cluster.Silos[0], previous("Silo"), run);
            await RestartAsAsync(cluster.Silos[0], TestCluster.ProgramOf("Silo"), run);
            foreach (var edge in cluster.Edges)
                await RestartAsAsync(edge, TestCluster.ProgramOf("Edge"), run);
            await RestartAsAsync(cluster.Admin, TestCluster.ProgramOf("AdminApi"), run);

            output.WriteLine(await run.CheckAsync());
        }
        catch
        {
            output.WriteLine(cluster.Words);
            throw;
        }
    }

    private static async Task RestartAsAsync(Child child, string program, LifeRun run)
    {
        (child.Program, var old) = (program, child.ProcessId);
        await TestCluster.SignalAsync(child, "TERM");
        while (child.ProcessId == old || child.ProcessId == 0)
            await Task.Delay(50);
        await child.Ready.WaitAsync(TimeSpan.FromSeconds(60));
        var since = run.Fleet.NowMs;
        while (run.Fleet.Phones.Any(phone => phone.RegisteredAtMs <= since))
        {
            (run.Fleet.NowMs - since).Should().BeLessThan(40_000, "all phones are registered on");
            await Task.Delay(50);
        }
    }
}
