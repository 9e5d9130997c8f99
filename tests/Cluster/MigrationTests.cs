using SipGateway.Cli;
using SipGateway.Storm;

namespace SipGateway.Cluster.Tests;

/// <summary>An embedded gateway that grew: its directory is moved into a cluster, and its phones are there without being touched.</summary>
public sealed class MigrationTests
{
    private const int PhoneCount = 200;

    [Fact]
    public async Task Migrate_AnEmbeddedGateway_ItsPhonesRegisterWithTheClusterAsTheyAre()
    {
        var directory = Directory.CreateTempSubdirectory("sipgateway-embedded-").FullName;
        await Seeding.RunAsync(directory, PhoneCount);
        var (output, errors) = (new StringWriter(), new StringWriter());

        await using var cluster = await TestCluster.StartAsync(PhoneCount, prepare: async files =>
        {
            string[] command =
            [
                "migrate", "--data-dir", directory, "--database-file", files.Database("owner"), "--master-key-file", files.MasterKey,
            ];
            (await SipgwCommand.RunAsync(SipgwCommand.Create(), command, output, errors)).Should().Be(0, errors.ToString());
            (await SipgwCommand.RunAsync(SipgwCommand.Create(), command, TextWriter.Null, errors)).Should().Be(1);
        });

        output.ToString().Should().Contain($"grain_state           {PhoneCount} rows, the same on both sides");
        errors.ToString().Should().Contain("moved into this database already");
        await using var fleet = await LedgerFleet.StartAsync(cluster, PhoneCount, TimeSpan.FromSeconds(10));
        fleet.Counts.Seen.Should().BeSubsetOf([200, 401, 503]);
        fleet.Counts[200].Should().BeGreaterThanOrEqualTo(PhoneCount);
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Backup_ThenRestore_ByTheCommandLine_GivesTheDirectoryBack()
    {
        var scratch = Directory.CreateTempSubdirectory("sipgateway-backup-").FullName;
        var (directory, file, restored) = (Path.Combine(scratch, "data"), Path.Combine(scratch, "backup.tar.gz"), Path.Combine(scratch, "restored"));
        Directory.CreateDirectory(directory);
        await Seeding.RunAsync(directory, 20);
        var output = new StringWriter();

        (await SipgwCommand.RunAsync(SipgwCommand.Create(), ["backup", file, "--data-dir", directory], output, output)).Should().Be(0, output.ToString());
        (await SipgwCommand.RunAsync(SipgwCommand.Create(), ["restore", file, "--data-dir", restored], output, output)).Should().Be(0, output.ToString());
        (await SipgwCommand.RunAsync(SipgwCommand.Create(), ["restore", file, "--data-dir", restored], output, output)).Should().Be(1);
        (await SipgwCommand.RunAsync(SipgwCommand.Create(), ["backup", file, "--data-dir", directory], output, output)).Should().Be(1);

        (await File.ReadAllBytesAsync(Path.Combine(restored, "keyring.json"))).Should()
            .Equal(await File.ReadAllBytesAsync(Path.Combine(directory, "keyring.json")));
        output.ToString().Should().Contain("is not empty").And.Contain("never overwritten");
        Directory.Delete(scratch, recursive: true);
    }
}
