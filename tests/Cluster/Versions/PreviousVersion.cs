using SipGateway.Journeys.Tests.Running;

namespace SipGateway.Cluster.Tests.Versions;

/// <summary>The release before this one, built from this repository's history.</summary>
internal static class PreviousVersion
{
    // Options of this version that the one before does not know.
    private static readonly string[] NewOptions = ["drain-seconds"];

    // Built together: what they have in common is built once, and it was analyzed when it was released.
    private const string Solution = """
        {"solution":{"path":"SipGateway.Orleans.sln","projects":["src/Silo/Silo.csproj","src/Edge/Edge.csproj","src/AdminApi/AdminApi.csproj"]}}
        """;

    /// <summary>Builds its programs, once on this machine.</summary>
    /// <returns>The program of a project.</returns>
    public static async Task<Func<string, string>> BuildAsync()
    {
        var commit = (await File.ReadAllLinesAsync(Path.Combine(Repository.Root, "tests/Cluster/Versions/previous-version.txt")))
            .Single(line => line.Length > 0 && line[0] != '#');
        var folder = Path.Combine(Path.GetTempPath(), "sipgateway-version-" + commit);
        if (!File.Exists(folder + "/built"))
        {
            await RunAsync($"rm -rf {folder} && mkdir -p {folder} && git -C {Repository.Root} archive {commit} | tar -x -C {folder}");
            await File.WriteAllTextAsync(folder + "/programs.slnf", Solution);
            await RunAsync($"cd {folder} && dotnet build programs.slnf -c Release --nologo -v quiet -p:RunAnalyzers=false -p:GenerateDocumentationFile=false");
            await File.WriteAllTextAsync(folder + "/built", commit);
        }

        return project => $"{folder}/src/{project}/bin/Release/net10.0/SipGateway.{project}.dll";
    }

    /// <summary>The options that it knows.</summary>
    public static Dictionary<string, string> Fit(Dictionary<string, string> options) =>
        options.Where(option => !NewOptions.Contains(option.Key)).ToDictionary();

    private static async Task RunAsync(string command)
    {
        var result = await Programs.RunAsync("bash", ["-o", "pipefail", "-c", command], TimeSpan.FromMinutes(8));
        result.ExitCode.Should().Be(0, "the release before this one is built from the repository's history: {0}", result.Output);
    }
}
