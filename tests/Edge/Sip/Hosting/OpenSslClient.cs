using System.Diagnostics;
using System.Net;
using System.Text;

namespace SipGateway.Edge.Tests.Sip;

/// <summary>openssl's own TLS client: it asks for a renegotiation when it reads R, and fails when the end comes without a close_notify.</summary>
internal sealed class OpenSslClient : IDisposable
{
    private readonly CancellationTokenSource deadline = new(TimeSpan.FromSeconds(10));
    private readonly Process process;
    private readonly Task<string> errors;

    private OpenSslClient(Process process)
    {
        this.process = process;
        errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Returns when the handshake is done.</summary>
    public static async Task<OpenSslClient> ConnectAsync(IPEndPoint edge, string version)
    {
        var start = new ProcessStartInfo("openssl", ["s_client", version, "-connect", edge.ToString()])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        var client = new OpenSslClient(Process.Start(start)!);
        var output = new StringBuilder();
        while (!output.ToString().Contains("Verification", StringComparison.Ordinal) && !output.ToString().Contains("Verify return", StringComparison.Ordinal))
        {
            output.AppendLine(await client.process.StandardOutput.ReadLineAsync(client.deadline.Token));
        }

        return client;
    }

    public async Task TypeAsync(string text)
    {
        await process.StandardInput.WriteAsync(text);
        await process.StandardInput.FlushAsync(deadline.Token);
    }

    /// <summary>Waits until it ends by itself.</summary>
    public async Task<(int ExitCode, string Errors)> EndAsync()
    {
        await process.StandardOutput.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);
        return (process.ExitCode, await errors);
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
        deadline.Dispose();
    }
}
