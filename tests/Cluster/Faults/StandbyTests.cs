using System.Globalization;
using System.Net;
using Npgsql;
using SipGateway.Cluster.Tests.Network;
using SipGateway.LocalCluster;

namespace SipGateway.Cluster.Tests.Faults;

/// <summary>PostgreSQL with a standby that confirms every write: the first server is lost, and the other becomes what it was.</summary>
public sealed class StandbyTests(ITestOutputHelper output)
{
    private const int PhoneCount = 100;
    private static readonly PostgresPlace Primary = PostgresPlace.Here with { Settings = ["wal_level=replica", "max_wal_senders=4"] };

    [Fact(Explicit = true)]
    public async Task Primary_Lost_TheStandbyHasAllThatWasAcknowledged()
    {
        PrivatePostgres? standby = null;
        await using var cluster = await TestCluster.StartAsync(
            PhoneCount, place: Primary, prepareServer: async (files, primary) => standby = await FollowAsync(files, primary));
        await using var second = standby!;
        await cluster.Postgres.ExecuteAsync("ALTER SYSTEM SET synchronous_standby_names = '*'");
        await cluster.Postgres.ExecuteAsync("SELECT pg_reload_conf()");
        await using var fleet = await LedgerFleet.StartAsync(cluster, PhoneCount, TimeSpan.FromSeconds(4));
        using var admin = new RetryingAdmin(cluster);
        await using var claims = new ClaimLedger(admin);
        await Task.Delay(2_000);

        await cluster.Postgres.StopAsync("immediate");
        var lost = fleet.NowMs;
        await second.ExecuteAsync("SELECT pg_promote()");
        await second.ExecuteAsync("ALTER SYSTEM RESET synchronous_standby_names");
        await second.ExecuteAsync("SELECT pg_reload_conf()");

        var took = await Reachability.MeasureAsync(fleet, admin, fleet.Phones[..20], lost, TimeSpan.FromSeconds(30));
        output.WriteLine($"slowest NOTIFY {took[^1]} ms after the first was lost; {await claims.CheckAsync(second)} claims, none lost; {fleet.Counts}");
        took.Should().OnlyContain(time => time != null);
        fleet.Counts.Seen.Should().BeSubsetOf([200, 401, 503]);
    }

    // A copy that follows, and processes that are told of both.
    private static async Task<PrivatePostgres> FollowAsync(ClusterFiles files, PrivatePostgres primary)
    {
        await File.AppendAllTextAsync(Path.Combine(files.Postgres, "pg_hba.conf"), "hostssl replication all 127.0.0.1/32 scram-sha-256\n");
        await primary.ExecuteAsync("SELECT pg_reload_conf()");
        var (directory, server) = (files.Postgres + "-standby", new NpgsqlConnectionStringBuilder(primary.ConnectionString("postgres")));
        File.Copy(files.Postgres + ".password", directory + ".password");
        var backup = Path.Combine(Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().First(), "bin", "pg_basebackup");
        await NetworkNamespace.CommandAsync("install", "-d", "-m", "700", "-o", "postgres", directory);
        await NetworkNamespace.CommandAsync(
            "setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "env", "PGPASSWORD=" + server.Password,
            backup, "-D", directory, "-h", server.Host!, "-p", server.Port.ToString(CultureInfo.InvariantCulture), "-U", server.Username!, "-R", "-c", "fast");
        var standby = await PrivatePostgres.StartAsync(directory, 0, files.PostgresCertificate, isForTests: true, PostgresPlace.Here);
        foreach (var role in ClusterFiles.Roles)
        {
            var text = new NpgsqlConnectionStringBuilder((await File.ReadAllTextAsync(files.Database(role))).Trim())
            {
                Host = $"{IPAddress.Loopback}:{primary.Port},{IPAddress.Loopback}:{standby.Port}", TargetSessionAttributes = "primary",
            };
            await File.WriteAllTextAsync(files.Database(role), text + "\n");
        }

        return standby;
    }
}
