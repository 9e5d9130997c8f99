namespace SipGateway.Cluster.Tests.Network;

/// <summary>A table of members that takes two seconds for each question.</summary>
[Collection<OneNetwork>]
public sealed class SlowMembershipTests(NetworkCluster network, ITestOutputHelper output) : NetworkTest(network, output)
{
    // Orleans' questions stay as they are; whoever looks into the table waits, once for each statement.
    private const string Slow = """
        CREATE FUNCTION cluster_wait() RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$ BEGIN
            IF current_setting('sipgw.waited', true) IS DISTINCT FROM statement_timestamp()::text THEN
                PERFORM set_config('sipgw.waited', statement_timestamp()::text, false);
                PERFORM pg_sleep(2);
            END IF;
            RETURN true;
        END $$;
        ALTER TABLE cluster_silo RENAME TO cluster_silo_rows;
        CREATE VIEW cluster_silo AS SELECT * FROM cluster_silo_rows WHERE cluster_wait();
        GRANT SELECT, INSERT, UPDATE, DELETE ON cluster_silo TO sipgateway_silo;
        """;

    private const string Quick = "DROP VIEW cluster_silo; DROP FUNCTION cluster_wait(); ALTER TABLE cluster_silo_rows RENAME TO cluster_silo;";

    [Fact]
    public async Task Membership_IsSlow_NobodyIsEvicted()
    {
        var (cluster, fleet) = (Network.Cluster, Network.Fleet);
        var processes = cluster.Silos.ConvertAll(silo => silo.ProcessId);
        await RunAsync(Slow);
        try
        {
            var asked = TimeProvider.System.GetTimestamp();
            await RunAsync("SELECT count(*) FROM cluster_silo");
            TimeProvider.System.GetElapsedTime(asked).Should().BeGreaterThan(TimeSpan.FromSeconds(2), "the table is slow");
            var since = fleet.NowMs;
            await Task.Delay(NetworkCluster.CutTime);

            fleet.Phones.Should().OnlyContain(phone => phone.RegisteredAtMs > since);
            var took = await Network.ProbeAsync(20, fleet.NowMs, TimeSpan.FromSeconds(10));
            Output.WriteLine($"slowest NOTIFY {took[^1]} ms; {fleet.Counts}");
            took.Should().OnlyContain(time => time != null && time <= 4_000);
            cluster.Silos.ConvertAll(silo => silo.ProcessId).Should().Equal(processes);
        }
        finally
        {
            await RunAsync(Quick);
        }

        await Network.WholeAgainAsync();
        await Network.CheckLedgerAsync();
        cluster.Silos.ConvertAll(silo => silo.ProcessId).Should().Equal(processes);
    }

    private async Task RunAsync(string sql)
    {
        await using var database = Network.Cluster.Database();
        await using var command = database.CreateCommand("SET ROLE sipgateway_owner; " + sql + "; RESET ROLE");
        await command.ExecuteNonQueryAsync();
    }
}
