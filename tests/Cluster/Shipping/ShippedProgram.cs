using System.Diagnostics;
using SipGateway.Journeys.Tests.Running;

namespace SipGateway.Cluster.Tests.Shipping;

/// <summary>One of our programs, started by its environment as a container or a unit starts it.</summary>
internal sealed class ShippedProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task<string> _words;

    private ShippedProgram(Process process, Task<string> words) => (_process, _words) = (process, words);

    /// <summary>Starts it; returns when it has said READY.</summary>
    public static async Task<ShippedProgram> StartAsync(string project, IReadOnlyDictionary<string, string> environment)
    {
        var process = Start(project, environment);
        var words = process.StandardError.ReadToEndAsync();
        var ready = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        if (ready is null)
            throw new InvalidOperationException($"{project} ended: {await words}");
        ready.Should().StartWith("READY ");
        return new ShippedProgram(process, words);
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string project, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using var process = Start(project, environment, arguments);
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, output + await errors);
    }

    /// <summary>Ends it as Docker and systemd do.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _words;
        _process.Dispose();
    }

    private static Process Start(string project, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var program = LocalCluster.LocalClusterHost.ProgramOf(project, Path.Combine(Repository.Root, "src/LocalCluster/bin/Release/net10.0"));
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
