using System.Diagnostics;

namespace SipGateway.Hosting;

/// <summary>A process of ours that is up.</summary>
public interface IRunningHost : IAsyncDisposable
{
    /// <summary>The promised line.</summary>
    string ReadyLine { get; }

    /// <summary>Returns when everything is drained and closed: after SIGTERM or Ctrl-C, or when a part that all need came to its end.</summary>
    /// <returns>Null after SIGTERM or Ctrl-C; else what failed, for whoever started the process.</returns>
    Task<string?> WaitForStopAsync();
}

/// <summary>The life of a process: errors of options all at once, one line when it cannot start, READY, and the exit code.</summary>
public static class HostProcess
{
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(2);

    /// <summary>Tells every error of the options.</summary>
    /// <returns>The exit code.</returns>
    public static int Refuse(IEnumerable<string> errors)
    {
        foreach (var error in errors)
        {
            Console.Error.WriteLine($"sipgateway: {error}");
        }

        return 1;
    }

    /// <summary>Ends this process at once: nothing is drained, and nothing but this line is said.</summary>
    public static void EndNow(string why)
    {
        // Whoever is called at the exit may wait for what has stopped.
        using var patience = new Timer(_ => Process.GetCurrentProcess().Kill(), null, EndPatience, Timeout.InfiniteTimeSpan);
        Environment.Exit(Refuse([why]));
    }

    /// <summary>Starts, says READY, and runs until it is told to stop.</summary>
    /// <param name="startAsync">Starts everything; returns when every listener is open.</param>
    /// <param name="greeting">What a person who started it may want to know; goes to standard error.</param>
    /// <returns>The exit code: 0 after SIGTERM or Ctrl-C, 1 otherwise.</returns>
    public static async Task<int> RunAsync<THost>(Func<Task<THost>> startAsync, Func<THost, IEnumerable<string>>? greeting = null)
        where THost : IRunningHost
    {
        try
        {
            await using var host = await startAsync();
            foreach (var line in greeting?.Invoke(host) ?? [])
            {
                await Console.Error.WriteLineAsync(line);
            }

            Console.Out.WriteLine(host.ReadyLine);
            await Console.Out.FlushAsync();
            return await host.WaitForStopAsync() is { } cause ? Refuse([cause]) : 0;
        }
        catch (Exception e) when (StartFailure.Explain(e) is { } line)
        {
            return Refuse([line]);
        }
    }
}
