using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace SipGateway.Cluster.Tests.Faults;

/// <summary>The database's machine is lost, and a dump is there: a new server, new silos and edges, and phones that nobody touches.</summary>
public sealed class RestoreDrillTests(ITestOutputHelper output)
{
    private const int PhoneCount = 200;
    private static readonly string[] Counted = ["device", "grain_state", "binding", "audit", "unique_key"];

    // Two clusters, a minute: bench/chaos.sh runs it.
    [Fact(Explicit = true)]
    public async Task Dump_RestoredIntoANewServer_PhonesRegisterWithoutATouch()
    {
        var dump = Path.Combine(Path.GetTempPath(), "sipgateway-dump-" + Guid.NewGuid().ToString("n"));
        var masterKey = dump + ".key";
        try
        {
            var (before, dumpTime) = await LiveAndDumpAsync(dump, masterKey);
            var began = Stopwatch.GetTimestamp();
            await using var cluster = await TestCluster.StartAsync(PhoneCount, prepare: async files =>
            {
                File.Copy(masterKey, files.MasterKey, overwrite: true);
                await RunAsync("pg_restore", new NpgsqlConnectionStringBuilder(await File.ReadAllTextAsync(files.Database("owner"))), "--no-owner", "--exit-on-error", dump);
            });
            var up = Stopwatch.GetElapsedTime(began);
            (await RowsAsync(cluster)).Should().Equal(before, "nothing that was dumped is missing");

            await using var fleet = await LedgerFleet.StartAsync(cluster, PhoneCount, TimeSpan.FromSeconds(5));
            using var admin = new RetryingAdmin(cluster);
            output.WriteLine(
                $"dump {dumpTime.TotalSeconds:f1} s; server, restore, silos, edges and admin API {up.TotalSeconds:f1} s; {PhoneCount} phones {fleet.NowMs} ms later; {fleet.Counts}");
            fleet.Counts.Seen.Should().BeSubsetOf([200, 401, 503]);
            (await Reachability.MeasureAsync(fleet, admin, fleet.Phones[..20], fleet.NowMs, TimeSpan.FromSeconds(10))).Should().OnlyContain(time => time != null);
        }
        finally
        {
            File.Delete(dump);
            File.Delete(masterKey);
        }
    }

    private static async Task<(Dictionary<string, long> Rows, TimeSpan Took)> LiveAndDumpAsync(string dump, string masterKey)
    {
        await using var cluster = await TestCluster.StartAsync(PhoneCount);
        await using var fleet = await LedgerFleet.StartAsync(cluster, PhoneCount, TimeSpan.FromSeconds(30));
        using var admin = new RetryingAdmin(cluster);
        for (var i = 0; i < 20; i++)
            (await admin.PostAsync("v1/tenants/default/devices", new { mac = $"00:15:65:F0:00:{i:x2}" }, TimeSpan.FromSeconds(5))).Should().NotBeNull();
        var began = Stopwatch.GetTimestamp();
        await RunAsync("pg_dump", new NpgsqlConnectionStringBuilder(cluster.Postgres.ConnectionString("sipgateway")), "--format=custom", "--file", dump);
        File.Copy(cluster.Files.MasterKey, masterKey);
        return (await RowsAsync(cluster), Stopwatch.GetElapsedTime(began));
    }

    private static async Task<Dictionary<string, long>> RowsAsync(TestCluster cluster)
    {
        await using var database = cluster.Database();
        var rows = new Dictionary<string, long>();
        foreach (var table in Counted)
        {
            await using var command = database.CreateCommand($"SELECT count(*) FROM {table}");
            rows[table] = (long)(await command.ExecuteScalarAsync())!;
        }

        return rows;
    }

    // A password on a command line is everybody's.
    private static async Task RunAsync(string program, NpgsqlConnectionStringBuilder server, params string[] options)
    {
        var folder = Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().First();
        var start = new ProcessStartInfo(Path.Combine(folder, "bin", program), [.. program == "pg_restore" ? ["--dbname", server.Database!] : Array.Empty<string>(), .. options])
        {
            RedirectStandardError = true,
            Environment =
            {
                ["PGHOST"] = server.Host, ["PGPORT"] = server.Port.ToString(CultureInfo.InvariantCulture), ["PGUSER"] = server.Username,
                ["PGPASSWORD"] = server.Password, ["PGDATABASE"] = server.Database, ["PGSSLMODE"] = "verify-full", ["PGSSLROOTCERT"] = server.RootCertificate,
            },
        };
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.Should().Be(0, errors);
    }
}
