using System.Diagnostics;
using System.Globalization;
using System.Net;
using SipGateway.Hosting;

namespace SipGateway.LocalCluster;

/// <summary>One process of the cluster: started, watched, and started again on the same ports when it ended by itself.</summary>
/// <param name="name">What it is called in what is said of it.</param>
/// <param name="program">Its assembly.</param>
/// <param name="options">Its options by name.</param>
/// <param name="talk">Takes what it says.</param>
/// <param name="restartPause">How long it stays away; null: a second.</param>
/// <param name="inside">A command that becomes the one after it, in other surroundings: a network namespace, an environment. Null: ours.</param>
internal sealed class Child(
    string name, string program, Dictionary<string, string> options, TextWriter talk, TimeSpan? restartPause = null, string[]? inside = null)
    : IAsyncDisposable
{
    private static readonly TimeSpan ReadyPatience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan DefaultRestartPause = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource<IReadOnlyDictionary<string, string>> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile TaskCompletionSource again = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool isStopping;
    private Process? process;
    private Task running = Task.CompletedTask;

    /// <summary>Its assembly, from its next start on: an upgrade.</summary>
    public string Program { get; set; } = program;

    /// <summary>Done when the process that runs next, or now, has said READY.</summary>
    public Task Ready => again.Task;

    /// <summary>The process that runs now; 0 while none does.</summary>
    public int ProcessId => process is { HasExited: false } current ? current.Id : 0;

    /// <summary>Starts it; returns its READY line's facts.</summary>
    /// <exception cref="StartException">It ended, or was not ready in time.</exception>
    public async Task<IReadOnlyDictionary<string, string>> StartAsync()
    {
        running = RunAsync();
        try
        {
            return await ready.Task.WaitAsync(ReadyPatience);
        }
        catch (TimeoutException e)
        {
            throw new StartException($"{name} was not ready within {ReadyPatience.TotalSeconds:0} seconds.", e);
        }
    }

    /// <summary>Drains it: SIGTERM, and after half a minute the end.</summary>
    public async ValueTask DisposeAsync()
    {
        isStopping = true;
        if (process is { HasExited: false } current)
        {
            using var kill = Process.Start("kill", ["-TERM", current.Id.ToString(CultureInfo.InvariantCulture)]);
            await Task.WhenAny(current.WaitForExitAsync(), Task.Delay(StopPatience));
            if (!current.HasExited)
            {
                current.Kill();
            }
        }

        await running;
    }

    private async Task RunAsync()
    {
        while (!isStopping)
        {
            process = await ChildStarter.StartAsync(Command());
            var errors = CopyAsync(process.StandardError);
            while (await process.StandardOutput.ReadLineAsync() is { } line)
            {
                Note(line);
            }

            await process.WaitForExitAsync();
            await errors;
            again = again.Task.IsCompleted ? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) : again;
            if (isStopping)
            {
                return;
            }

            if (ready.TrySetException(new StartException($"{name} ended with exit code {process.ExitCode} before it was ready; its last words are above.")))
            {
                return;
            }

            await talk.WriteLineAsync($"sipgateway: {name} ended with exit code {process.ExitCode} and is started again.");
            await Task.Delay(restartPause ?? DefaultRestartPause);
        }
    }

    private ProcessStartInfo Command()
    {
        string[] command =
        [
            .. inside ?? [],
            .. ChildStarter.EndingWithUs("TERM", ["dotnet", Program, .. options.SelectMany(option => new[] { "--" + option.Key, option.Value })]),
        ];
        return new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
    }

    // Started again, it is where it was.
    private void Note(string line)
    {
        if (ReadyLine.Parse(line) is not { } facts)
        {
            return;
        }

        foreach (var (fact, value) in facts)
        {
            var option = fact == "gateway" ? "silo-gateway-port" : fact + "-port";
            if (options.ContainsKey(option) && IPEndPoint.TryParse(value, out var endpoint))
            {
                options[option] = endpoint.Port.ToString(CultureInfo.InvariantCulture);
            }
        }

        ready.TrySetResult(facts);
        again.TrySetResult();
    }

    private async Task CopyAsync(StreamReader from)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            await talk.WriteLineAsync($"{name}: {line}");
        }
    }
}
