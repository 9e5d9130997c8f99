using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;

namespace SipGateway.Journeys.Tests.Running;

/// <summary>The real gateway as a process of its own, on ports of its own, with a data directory of its own.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<string> output = new();
    private readonly TaskCompletionSource<string> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string dataDir;
    private readonly string[] options;
    private Process? process;
    private bool isStopped;
    private Dictionary<string, IPEndPoint> listeners = [];

    private GatewayProcess(string dataDir, string[] options)
    {
        this.dataDir = dataDir;
        this.options = options;
    }

    public string DataDir => dataDir;

    public string Output => string.Join('\n', output);

    public int ProcessId => process!.Id;

    public IPEndPoint this[string listener] => listeners[listener];

    /// <summary>Starts a gateway with a fresh data directory, or on one that is there, and waits until it is ready.</summary>
    public static async Task<GatewayProcess> StartAsync(string? dataDir = null, params string[] options)
    {
        var gateway = new GatewayProcess(dataDir ?? Directory.CreateTempSubdirectory("gateway").FullName, options);
        await gateway.RunAsync();
        return gateway;
    }

    /// <summary>The same gateway again: same data directory, same ports, so that phones find it.</summary>
    public async Task<GatewayProcess> StartAgainAsync()
    {
        var ports = new[] { "sip", "sips", "http", "https", "mtls", "admin", "grpc" }
            .Where(listeners.ContainsKey)
            .SelectMany(n => new[] { $"--{n}-port", listeners[n].Port.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        return await StartAsync(dataDir, [.. options.Where((o, i) => !IsPortOption(o) && !(i > 0 && IsPortOption(options[i - 1]))), .. ports]);
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        isStopped = true;
        process!.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and the exit code.</summary>
    public async Task<int> StopAsync()
    {
        isStopped = true;
        using var kill = Process.Start("kill", ["-TERM", ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        await process!.WaitForExitAsync(limit.Token);
        return process.ExitCode;
    }

    /// <summary>REST with the admin key.</summary>
    public HttpClient AdminClient()
    {
        var client = new HttpClient { BaseAddress = new Uri($"http://{this["admin"]}"), Timeout = TimeSpan.FromSeconds(30) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AdminKey());
        return client;
    }

    public string AdminKey() => File.ReadAllText(Path.Combine(dataDir, "admin.key")).Trim();

    public string CaCertificatePath => Path.Combine(dataDir, "ca.crt");

    public X509Certificate2 CaCertificate() => X509Certificate2.CreateFromPem(File.ReadAllText(CaCertificatePath));

    /// <exception cref="InvalidOperationException">The gateway had ended, and nobody had stopped it.</exception>
    public async ValueTask DisposeAsync()
    {
        using var ended = process;
        if (ended is { HasExited: false })
        {
            await KillAsync();
        }
        else if (ended is not null && !isStopped)
        {
            throw new InvalidOperationException($"The gateway ended by itself with {ended.ExitCode}. It said:\n{Output}");
        }
    }

    private static bool IsPortOption(string option) => option.StartsWith("--", StringComparison.Ordinal) && option.EndsWith("-port", StringComparison.Ordinal);

    private async Task RunAsync()
    {
        var program = Path.Combine(Repository.Root, "src", "Gateway", "bin", Repository.Configuration, "net10.0", "SipGateway.Gateway.dll");
        if (!File.Exists(program))
        {
            throw new InvalidOperationException($"{program} is not built; ./test.sh builds it.");
        }

        var start = new ProcessStartInfo("dotnet", [program, "--data-dir", dataDir, .. FreePorts(), .. options])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _ = process.WaitForExitAsync().ContinueWith(
            _ => ready.TrySetException(new InvalidOperationException($"The gateway ended with {process.ExitCode} before it was ready:\n{Output}")),
            TaskScheduler.Default);
        var line = await ready.Task.WaitAsync(StartTimeout);
        listeners = line.Split(' ')[1..].Select(p => p.Split('=')).ToDictionary(p => p[0], p => IPEndPoint.Parse(p[1]));
    }

    private IEnumerable<string> FreePorts() => new[] { "--sip-port", "--sips-port", "--http-port", "--https-port", "--mtls-port", "--admin-port", "--grpc-port" }
        .Where(o => !options.Contains(o))
        .SelectMany(o => new[] { o, TestPorts.Next().ToString(System.Globalization.CultureInfo.InvariantCulture) });

    private void Note(string? line)
    {
        if (line is null)
        {
            return;
        }

        output.Enqueue(line);
        if (line.StartsWith("READY ", StringComparison.Ordinal))
        {
            ready.TrySetResult(line);
        }
    }
}
