using System.CommandLine;
using SipGateway.Storage;

namespace SipGateway.Cli;

/// <summary><c>sipgw backup</c> and <c>sipgw restore</c>: the data directory of an embedded gateway, on the machine that has it.</summary>
internal static class BackupCommand
{
    private static readonly Argument<string> File = new("file") { Description = "The backup file; it holds every key, so keep it like one" };

    public static Command CreateBackup()
    {
        var directory = DataDir();
        var command = new Command("backup", "Backs the data directory of an embedded gateway up, while it runs or not") { File, directory };
        command.SetAction((parsed, cancellation) => RunAsync(parsed, async () =>
        {
            var file = parsed.GetRequiredValue(File);
            var manifest = await new DataDirectoryBackup(TimeProvider.System).BackUpAsync(parsed.GetRequiredValue(directory), file, cancellation);
            return $"{manifest.Files.Count} files are in {file}, databases checked. Restore with: sipgw restore {file} --data-dir NEW-DIRECTORY";
        }));
        return command;
    }

    public static Command CreateRestore()
    {
        var directory = DataDir();
        var command = new Command("restore", "Restores a backup into a new data directory") { File, directory };
        command.SetAction((parsed, cancellation) => RunAsync(parsed, async () =>
        {
            var root = parsed.GetRequiredValue(directory);
            var manifest = await new DataDirectoryBackup(TimeProvider.System).RestoreAsync(parsed.GetRequiredValue(File), root, cancellation);
            return $"{manifest.Files.Count} files, as of {manifest.MadeAtUtc:u}, are in {root}. Start with: ./run.sh --data-dir {root}";
        }));
        return command;
    }

    private static Option<string> DataDir() => new("--data-dir")
    {
        Description = "The data directory", DefaultValueFactory = _ => "./data",
    };

    private static async Task<int> RunAsync(ParseResult parsed, Func<Task<string>> work)
    {
        try
        {
            await parsed.InvocationConfiguration.Output.WriteLineAsync(await work());
            return ExitCodes.Done;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"sipgw: {e.Message}");
            return ExitCodes.Error;
        }
    }
}
