using System.Globalization;
using System.Runtime.InteropServices;
using SipGateway.Hosting;

namespace SipGateway.LocalCluster;

/// <summary>PostgreSQL, silos, edges and an admin API, each a process of its own on this machine.</summary>
internal sealed class LocalClusterHost : IRunningHost
{
    private readonly PrivatePostgres postgres;
    private readonly List<Child> silos = [];
    private readonly List<Child> edges = [];
    private readonly Child admin;
    private readonly bool isAdminTls;

    private LocalClusterHost(LocalOptions options, ClusterFiles files, PrivatePostgres postgres)
    {
        this.postgres = postgres;
        isAdminTls = !System.Net.IPAddress.IsLoopback(options.AdminBind);
        var commands = new ChildOptions(options, files);
        var talk = TextWriter.Synchronized(Console.Error);
        silos.AddRange(Enumerable.Range(0, options.Silos).Select(i => new Child($"silo-{i}", ProgramOf("Silo"), commands.Silo(i), talk)));
        edges.AddRange(Enumerable.Range(0, options.Edges).Select(i => new Child($"edge-{i}", ProgramOf("Edge"), commands.Edge(i), talk)));
        admin = new Child("admin", ProgramOf("AdminApi"), commands.Admin(), talk);
    }

    /// <inheritdoc/>
    public string ReadyLine { get; private set; } = "";

    /// <summary>Starts everything; returns when all are ready.</summary>
    /// <exception cref="Exception">It cannot start; <see cref="StartFailure"/> has the words.</exception>
    public static async Task<LocalClusterHost> StartAsync(LocalOptions options)
    {
        var files = ClusterFiles.Open(options.DataDir, options.PublicHost);
        var postgres = await PrivatePostgres.StartAsync(files.Postgres, options.PostgresPort, files.PostgresCertificate);
        try
        {
            await files.PrepareDatabaseAsync(postgres);
            var host = new LocalClusterHost(options, files, postgres);
            try
            {
                await host.StartChildrenAsync();
                return host;
            }
            catch
            {
                await host.StopChildrenAsync();
                throw;
            }
        }
        catch
        {
            await postgres.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<string?> WaitForStopAsync()
    {
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Take);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Take);
        await stop.Task;
        await StopChildrenAsync();
        return null;

        void Take(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.TrySetResult();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => postgres.DisposeAsync();

    private async Task StartChildrenAsync()
    {
        var facts = await Task.WhenAll(silos.Concat(edges).Append(admin).Select(child => child.StartAsync()));
        var edgeFacts = facts[silos.Count..^1];
        await Readiness.WaitAsync(
            [.. edgeFacts.Select(edge => new Uri("http://" + edge["ops"])), new Uri($"{(isAdminTls ? "https" : "http")}://{facts[^1]["admin"]}")]);
        ReadyLine = Hosting.ReadyLine.Format(
        [
            .. new[] { "sip", "sips", "http", "https", "mtls" }.Select(name => (name, string.Join(',', edgeFacts.Select(edge => edge[name])))),
            ("admin", facts[^1]["admin"]),
            ("grpc", facts[^1]["grpc"]),
            ("silo-pids", Ids(silos)),
            ("edge-pids", Ids(edges)),
            ("admin-pid", Ids([admin])),
            ("postgres-pid", postgres.ProcessId.ToString(CultureInfo.InvariantCulture)),
        ]);
    }

    // Who faces people first, so that nobody is refused by a part that waits for one that is gone.
    private async Task StopChildrenAsync()
    {
        await Task.WhenAll(edges.Append(admin).Select(child => child.DisposeAsync().AsTask()));
        await Task.WhenAll(silos.Select(child => child.DisposeAsync().AsTask()));
    }

    private static string Ids(IEnumerable<Child> children) =>
        string.Join(',', children.Select(child => child.ProcessId.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The program of a project of this tree.</summary>
    public static string ProgramOf(string project, string? beside = null)
    {
        // Beside this program's own folder, wherever the tree was built: src/LocalCluster/bin/Release/net10.0.
        var here = (beside ?? AppContext.BaseDirectory).TrimEnd('/');
        var program = here.Replace("/LocalCluster/", $"/{project}/", StringComparison.Ordinal) + $"/SipGateway.{project}.dll";
        return File.Exists(program) ? program : throw new StartException($"{program} is not there: build the whole solution.");
    }
}
