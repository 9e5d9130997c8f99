using System.Diagnostics;

namespace SipGateway.Journeys.Tests.Running;

/// <summary>Programs that nobody here wrote: curl, SIPp, baresip.</summary>
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
