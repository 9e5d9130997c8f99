namespace SipGateway.Cluster.Tests.Network;

/// <summary>A table of members that takes two seconds for each question.</summary>
[Collection<OneNetwork>]
public sealed class SlowMembershipTests : IDisposable
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

    private readonly NetworkCluster _network;
    private readonly ITestOutputHelper _output;

    public SlowMembershipTests(NetworkCluster network, ITestOutputHelper output)
    {
        Assert.SkipWhen(TestNetwork.Refusal is not null, TestNetwork.Refusal ?? "");
        (_network, _output) = (network, output);
    }

    public void Dispose()
    {
        if (TestContext.Current.TestState?.Result == TestResult.Failed)
            _output.WriteLine(_network.Cluster.Words);
    }

    [Fact]
    public async Task Membership_IsSlow_NobodyIsEvicted()
    {
        var (cluster, fleet) = (_network.Cluster, _network.Fleet);
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
            var took = await _network.ProbeAsync(20, fleet.NowMs, TimeSpan.FromSeconds(10));
            _output.WriteLine($"slowest NOTIFY {took[^1]} ms; {fleet.Counts}");
            took.Should().OnlyContain(time => time != null && time <= 4_000);
            cluster.Silos.ConvertAll(silo => silo.ProcessId).Should().Equal(processes);
        }
        finally
        {
            await RunAsync(Quick);
        }

        await _network.WholeAgainAsync();
        await _network.CheckLedgerAsync();
        cluster.Silos.ConvertAll(silo => silo.ProcessId).Should().Equal(processes);
    }

    private async Task RunAsync(string sql)
    {
        await using var database = _network.Cluster.Database();
        await using var command = database.CreateCommand("SET ROLE sipgateway_owner; " + sql + "; RESET ROLE");
        await command.ExecuteNonQueryAsync();
    }
}
