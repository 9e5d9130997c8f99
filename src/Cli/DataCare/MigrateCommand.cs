using System.CommandLine;
using SipGateway.Hosting;
using SipGateway.Storage;
using SipGateway.Trust;

namespace SipGateway.Cli;

/// <summary><c>sipgw migrate</c>: an embedded gateway's database and key ring into a cluster's PostgreSQL.</summary>
internal static class MigrateCommand
{
    private static readonly Option<string> DataDir = new("--data-dir")
    {
        Description = "The data directory of the gateway, which must be stopped", DefaultValueFactory = _ => "./data",
    };

    private static readonly Option<string> DatabaseFile = new("--database-file")
    {
        Description = "File with the connection string of the role that owns the cluster's schema", Required = true,
    };

    private static readonly Option<string> MasterKeyFile = new("--master-key-file")
    {
        Description = "File with the cluster's master key", Required = true,
    };

    public static Command Create()
    {
        var command = new Command("migrate", "Moves an embedded gateway into the PostgreSQL of a cluster; cut short, run it again")
            { DataDir, DatabaseFile, MasterKeyFile };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (output, talk) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        try
        {
            var directory = parsed.GetRequiredValue(DataDir);
            var options = new PostgresOptions { ConnectionString = FirstLine(parsed.GetRequiredValue(DatabaseFile)) };
            var masterKey = FirstLine(parsed.GetRequiredValue(MasterKeyFile));
            var faults = options.Validate().Concat(SealedKeyRing.FaultOf(masterKey) is { } fault ? [fault] : []).ToList();
            if (faults.Count > 0)
            {
                throw new InvalidDataException(string.Join(' ', faults));
            }

            var moved = await new DataMove(options, TimeProvider.System).RunAsync(
                directory, (table, rows) => talk.WriteLine($"{table}: {rows} rows"), cancellation);
            await MoveKeyRingAsync(directory, options, masterKey);
            foreach (var rows in moved)
            {
                await output.WriteLineAsync($"{rows.Table,-14} {rows.Rows,10} rows, the same on both sides ({rows.Digest[..16]})");
            }

            await talk.WriteLineAsync("Everything is there. Start the cluster, and leave the old gateway stopped: both have the same keys. "
                + "Copy directory.db and form-keys/ into the admin API's data directory, and admin.key and admin-keys to where it looks for them.");
            return ExitCodes.Done;
        }
        catch (Exception e) when (e is StorageStartException or StorageFailedException or StartException or IOException or InvalidDataException
            or UnauthorizedAccessException or OperationCanceledException)
        {
            await talk.WriteLineAsync($"sipgw: {e.Message}");
            return ExitCodes.Error;
        }
    }

    // Passwords of phones are sealed under it: without it the rows are worth nothing.
    private static async Task MoveKeyRingAsync(string directory, PostgresOptions options, string masterKey)
    {
        var ring = KeyRingFile.LoadOrCreate(Path.Combine(directory, "keyring.json"));
        await using var database = PostgresDataSource.Create(options);
        await ClusterKeyRing.MoveAsync(database, ring, masterKey);
    }

    private static string FirstLine(string path) => File.ReadLines(path).FirstOrDefault("").Trim();
}
