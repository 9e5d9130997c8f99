using Npgsql;
using SipGateway.Cluster.Tests.Network;
using SipGateway.LocalCluster;
using SipGateway.Sip;

namespace SipGateway.Cluster.Tests.Faults;

/// <summary>No room: for PostgreSQL's data and its log of writes, and, all the time, for what every process logs.</summary>
public sealed class FullVolumeTests(ITestOutputHelper output)
{
    private const int PhoneCount = 60;
    private const int VolumeMegabytes = 200;
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(3);

    // Each silo, edge and admin API says what it has to say to a device that is always full.
    private static readonly string[] NoRoomForLogs = ["sh", "-c", "exec \"$@\" 2>/dev/full", "sh"];

    [Fact]
    public async Task Volume_OfPostgresIsFull_NothingIsAcknowledgedThatIsNotThere_AndItRecoversByItself()
    {
        Assert.SkipWhen(SmallVolume.Refusal is not null, SmallVolume.Refusal ?? "");
        await using var volume = await SmallVolume.MountAsync(VolumeMegabytes);
        await using var cluster = await TestCluster.StartAsync(
            PhoneCount + 2, inside: NoRoomForLogs, postgresDirectory: Path.Combine(volume.Root, "data"),
            place: PostgresPlace.Here with { Settings = ["min_wal_size=32MB", "max_wal_size=48MB"] });
        await using var fleet = await LedgerFleet.StartAsync(cluster, PhoneCount, Refresh);
        using var admin = new RetryingAdmin(cluster);
        await using var claims = new ClaimLedger(admin);
        using var first = new LonePhone(PhoneCount, cluster, cluster.Sip[0]);
        (await first.RegisterAsync(TimeSpan.FromSeconds(10)))!.StatusCode.Should().Be(200, "a new binding can be written while there is room");

        volume.Fill();
        (await FillLogOfWritesAsync(cluster)).Should().BeTrue("the server gives up for want of room");
        var full = fleet.NowMs;
        using var second = new LonePhone(PhoneCount + 1, cluster, cluster.Sip[1]);
        var answer = await second.RegisterAsync(TimeSpan.FromSeconds(32));
        answer?.StatusCode.Should().Be(503, "what cannot be written is not acknowledged");
        answer!.GetText(SipHeaderName.RetryAfter).Should().NotBeNull();
        await Task.Delay(Refresh * 2);
        fleet.Phones.Should().OnlyContain(phone => phone.RegisteredAtMs > full, "refreshes are answered under their leases");

        volume.Free();
        var freed = fleet.NowMs;
        (await second.RegisterUntilDoneAsync(TimeSpan.FromSeconds(30))).Should().BeTrue();
        var writtenAfter = fleet.NowMs - freed;
        var took = await Reachability.MeasureAsync(fleet, admin, fleet.Phones[..20], freed, TimeSpan.FromSeconds(20));
        output.WriteLine($"a new binding {writtenAfter} ms after there was room; slowest NOTIFY {took[^1]} ms; {fleet.Counts}; {await claims.CheckAsync(cluster)} claims");
        took.Should().OnlyContain(time => time != null && time <= 20_000);
        fleet.Counts.Seen.Should().BeSubsetOf([200, 401, 503]);
        fleet.Counts.BareRefusals.Should().Be(0);
        admin.Refusals.Should().BeEmpty();
        await using var database = cluster.Database();
        await using var bindings = database.CreateCommand("SELECT count(*) FROM binding");
        (await bindings.ExecuteScalarAsync()).Should().Be((long)PhoneCount + 2);
    }

    // Each new segment needs room of its own.
    private static async Task<bool> FillLogOfWritesAsync(TestCluster cluster)
    {
        for (var i = 0; i < 50; i++)
        {
            try
            {
                await cluster.Postgres.ExecuteAsync("SELECT pg_logical_emit_message(false, 'test', repeat('x', 100000)); SELECT pg_switch_wal()");
            }
            catch (NpgsqlException)
            {
                return true;
            }
        }

        return false;
    }
}
