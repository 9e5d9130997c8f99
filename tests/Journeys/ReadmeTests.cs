using System.Diagnostics;
using System.Text.RegularExpressions;
using SipGateway.Journeys.Tests.Running;

namespace SipGateway.Journeys.Tests;

/// <summary>The README's commands as they stand there; only the environment says other ports and another folder.</summary>
public sealed partial class ReadmeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    [Fact]
    public async Task Readme_ItsCommands_WorkAsTheyStandTwice()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"));
        var fences = Fence().Matches(readme).Select(m => m.Groups[1].Value.Trim()).ToList();
        fences.Should().Equal(["./run.sh", "./sipgw demo", "./test.sh"], "these are the commands a newcomer types, and the first two run below");
        var inline = Inline().Matches(readme).Select(m => m.Groups[1].Value).ToList();
        inline.Should().HaveCountGreaterThan(3);
        var folder = Directory.CreateTempSubdirectory("readme").FullName;

        for (var time = 0; time < 2; time++)
        {
            using var gateway = Start("./run.sh", Ports().Append(("SIPGATEWAY_DATA_DIR", folder)));
            var ready = await ReadyAsync(gateway);
            (string, string)[] client =
            [
                ("SIPGW_ADDRESS", $"http://{ready["grpc"]}"), ("SIPGW_KEY_FILE", Path.Combine(folder, "admin.key")),
                ("SIPGW_PROVISIONING_URL", $"http://{ready["http"]}/"),
            ];
            var (code, told) = await RunAsync("./sipgw demo", client);
            code.Should().Be(0, told);
            foreach (var command in time == 0 ? inline : [])
            {
                var (_, answer) = await RunAsync(command, client);
                answer.Should().NotContainAny(["Unrecognized", "Required argument", "Unhandled", "   at "], command);
            }

            gateway.Kill(entireProcessTree: true);
            await gateway.WaitForExitAsync();
        }
    }

    private static IEnumerable<(string, string)> Ports() =>
        new[] { "SIP", "SIPS", "HTTP", "HTTPS", "MTLS", "ADMIN", "GRPC" }.Select(name => ($"SIPGATEWAY_{name}_PORT", "0"));

    private static Process Start(string command, IEnumerable<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo("bash", ["-c", command])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static async Task<Dictionary<string, string>> ReadyAsync(Process gateway)
    {
        _ = gateway.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Patience);
        while (await gateway.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith("READY ", StringComparison.Ordinal))
            {
                return line.Split(' ')[1..].Select(p => p.Split('=')).ToDictionary(p => p[0], p => p[1]);
            }
        }

        throw new InvalidOperationException("./run.sh ended before it was ready.");
    }

    private static async Task<(int Code, string Output)> RunAsync(string command, (string, string)[] environment)
    {
        using var process = Start(command, environment);
        await process.StandardInput.WriteLineAsync("correct horse battery");
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, $"{command}:\n{await output}{await errors}");
    }

    [GeneratedRegex("```bash\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("`(\\./sipgw [^`]*)`")]
    private static partial Regex Inline();
}
