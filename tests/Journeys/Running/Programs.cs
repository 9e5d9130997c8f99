using System.Collections.Concurrent;
using System.Diagnostics;

namespace SipGateway.Journeys.Tests.Running;

/// <summary>Programs that nobody here wrote: curl, SIPp, baresip, linphone.</summary>
internal static class Programs
{
    /// <summary>Runs to its end and gives exit code and everything it printed.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string program, IEnumerable<string> arguments, TimeSpan limit)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var cancellation = new CancellationTokenSource(limit);
        try
        {
            await process.WaitForExitAsync(cancellation.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} did not end within {limit}: {await output}{await errors}");
        }

        return (process.ExitCode, await output + await errors);
    }

    /// <summary>Runs until it has printed a text, then ends it; gives everything it printed until then.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="awaited">The text, within one line.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="home">Its home directory; null for ours.</param>
    public static async Task<string> UntilAsync(
        string program, IEnumerable<string> arguments, string awaited, TimeSpan limit, string? home = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        if (home is not null)
        {
            start.Environment["HOME"] = home;
        }

        var printed = new ConcurrentQueue<string>();
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await Task.WhenAny(seen.Task, process.WaitForExitAsync(), Task.Delay(limit));
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        var output = string.Join('\n', printed);
        return seen.Task.IsCompleted ? output : throw new TimeoutException($"{program} did not print \"{awaited}\" within {limit}:\n{output}");

        void Note(string? line)
        {
            if (line is null)
            {
                return;
            }

            printed.Enqueue(line);
            if (line.Contains(awaited, StringComparison.Ordinal))
            {
                seen.TrySetResult();
            }
        }
    }

    /// <summary>curl as a phone: its user agent, its CA.</summary>
    public static async Task<(int Status, string Body)> CurlAsync(string url, string userAgent, string? caPath = null, params string[] more)
    {
        string[] ca = caPath is null ? [] : ["--cacert", caPath];
        var (code, output) = await RunAsync("curl", ["-sS", "-A", userAgent, "-w", "\n%{http_code}", .. ca, .. more, url], TimeSpan.FromSeconds(20));
        if (code != 0)
        {
            throw new InvalidOperationException($"curl {url}: exit code {code}: {output}");
        }

        var cut = output.LastIndexOf('\n');
        return (int.Parse(output[(cut + 1)..], System.Globalization.CultureInfo.InvariantCulture), output[..cut]);
    }
}
