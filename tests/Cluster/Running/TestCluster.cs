using System.Globalization;
using System.Net;
using Npgsql;
using SipGateway.Hosting;
using SipGateway.Cluster.Tests.Network;
using SipGateway.Cluster.Tests.Versions;
using SipGateway.Journeys.Tests.Running;
using SipGateway.LocalCluster;
using SipGateway.Storage;
using SipGateway.Storm;
using SipGateway.Trust;

namespace SipGateway.Cluster.Tests;

/// <summary>Three silos, two edges, an admin API and PostgreSQL, each a real process on the loopback.</summary>
public sealed class TestCluster : IAsyncDisposable
{
    public const int SiloCount = 3;
    public const int EdgeCount = 2;

    // Longer than any fault is looked at: what is killed stays away until a test brings it back.
    private static readonly TimeSpan StaysAway = TimeSpan.FromSeconds(25);

    private readonly StringWriter _words = new();
    private readonly TextWriter _talk;
    private readonly ClusterFiles _files;

    private readonly TimeSpan _restartPause;

    private readonly ClusterHosts? _hosts;
    private readonly string[]? _inside;
    private readonly Func<string, string> _programs;
    private readonly ChildOptions _commands;

    private TestCluster(
        ClusterFiles files, PrivatePostgres postgres, TimeSpan restartPause, ClusterHosts? hosts, string[]? inside, Func<string, string> programs)
    {
        (_files, Postgres, _restartPause, _hosts, _inside, _programs) = (files, postgres, restartPause, hosts, inside, programs);
        _talk = TextWriter.Synchronized(_words);
        _commands = new ChildOptions(AnyPorts(), files);
    }

    public PrivatePostgres Postgres { get; }

    internal List<Child> Silos { get; } = [];

    internal List<Child> Edges { get; } = [];

    internal Child Admin { get; private set; } = null!;

    public IPEndPoint[] Sip { get; private set; } = [];

    /// <summary>SIP over TLS.</summary>
    public IPEndPoint[] Sips { get; private set; } = [];

    /// <summary>Health and metrics of the silos.</summary>
    public Uri[] SiloOps { get; private set; } = [];

    /// <summary>Where phones and administrators are, as the edges see them.</summary>
    public IPAddress Here => _hosts?.Network.Here ?? IPAddress.Loopback;

    public string SipDomain => (_hosts?.Edges[0].Address ?? IPAddress.Loopback).ToString();

    public Uri[] Provisioning { get; private set; } = [];

    public Uri AdminAddress { get; private set; } = null!;

    public KeyRing Keys { get; private set; } = null!;

    public ClusterFiles Files => _files;

    public string AdminKey => File.ReadAllText(_files.AdminKey).Trim();

    public string Words
    {
        get
        {
            // What a synchronized writer locks is itself.
            lock (_talk)
                return _words.ToString();
        }
    }

    /// <summary>Starts it with phones that are enrolled.</summary>
    /// <param name="phones">How many.</param>
    /// <param name="prepare">Puts the phones into the database before a silo starts; null: they are seeded.</param>
    /// <param name="restartPause">After which a process that ended is started again; null: after no fault that is looked at is over.</param>
    /// <param name="hosts">Hosts of their own for silos, edges and PostgreSQL; null: all are on the loopback.</param>
    /// <param name="inside">A command that becomes the one after it, for every process; null: none.</param>
    /// <param name="place">Where PostgreSQL is; null: where its host or the command before is.</param>
    /// <param name="postgresDirectory">Where it keeps its data; null: with everything else.</param>
    /// <param name="prepareServer">Does more with the server before a silo starts.</param>
    /// <param name="programs">The program of a project; null: this version's, else the previous one's.</param>
    public static async Task<TestCluster> StartAsync(
        int phones, TimeSpan? restartPause = null, Func<ClusterFiles, Task>? prepare = null, ClusterHosts? hosts = null, string[]? inside = null,
        PostgresPlace? place = null, string? postgresDirectory = null, Func<ClusterFiles, PrivatePostgres, Task>? prepareServer = null,
        Func<string, string>? programs = null)
    {
        var root = Path.Combine(Path.GetTempPath(), "sipgateway-cluster-" + Guid.NewGuid().ToString("n"));
        place ??= hosts?.PostgresPlace ?? PostgresPlace.Here with { AsItself = inside ?? [] };
        var files = ClusterFiles.Open(root, "127.0.0.1", place.Address.ToString());
        var postgres = await PrivatePostgres.StartAsync(postgresDirectory ?? files.Postgres, 0, files.PostgresCertificate, isForTests: true, place);
        await files.PrepareDatabaseAsync(postgres);
        await (prepare?.Invoke(files) ?? Task.CompletedTask);
        await (prepareServer?.Invoke(files, postgres) ?? Task.CompletedTask);
        var cluster = new TestCluster(files, postgres, restartPause ?? StaysAway, hosts, inside, programs ?? ProgramOf);
        try
        {
            await cluster.StartProcessesAsync(prepare is null ? phones : 0);
            return cluster;
        }
        catch (Exception e)
        {
            var words = cluster.Words;
            await cluster.DisposeAsync();
            throw new InvalidOperationException(words, e);
        }
    }

    public NpgsqlDataSource Database() => NpgsqlDataSource.Create(Postgres.ConnectionString("sipgateway"));

    /// <summary>Sends a signal to one process.</summary>
    internal static async Task SignalAsync(Child child, string signal)
    {
        var id = child.ProcessId;
        id.Should().BePositive("a process that is to be sent {0} must run", signal);
        using var kill = System.Diagnostics.Process.Start("kill", ["-" + signal, id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Edges.Concat(Silos).Append(Admin).OfType<Child>().Select(child => child.DisposeAsync().AsTask()));
        await Postgres.DisposeAsync();
        using var remove = System.Diagnostics.Process.Start("rm", ["-rf", _files.Root]);
        await remove.WaitForExitAsync();
    }

    private async Task StartProcessesAsync(int phones)
    {
        Silos.AddRange(Enumerable.Range(0, SiloCount).Select(MakeSilo));
        Edges.AddRange(Enumerable.Range(0, EdgeCount).Select(MakeEdge));
        Admin = Make("admin", "AdminApi", _commands.Admin());

        // The phones are there before anybody looks: the first silo makes schema and key ring.
        var first = await Silos[0].StartAsync();
        await SeedAsync(phones);
        var facts = await Task.WhenAll(Silos.Skip(1).Concat(Edges).Append(Admin).Select(child => child.StartAsync()));
        var edges = facts[(SiloCount - 1)..^1];
        SiloOps = [.. facts[..(SiloCount - 1)].Prepend(first).Select(silo => new Uri($"http://{silo["ops"]}/"))];
        Sip = [.. edges.Select(edge => IPEndPoint.Parse(edge["sip"]))];
        Sips = [.. edges.Select(edge => IPEndPoint.Parse(edge["sips"]))];
        Provisioning = [.. edges.Select(edge => new Uri($"http://{edge["http"]}/"))];
        AdminAddress = new Uri($"http://{facts[^1]["admin"]}/");
    }

    /// <summary>This version's program of a project.</summary>
    internal static string ProgramOf(string project) =>
        LocalClusterHost.ProgramOf(project, Path.Combine(Repository.Root, "src/LocalCluster/bin/Release/net10.0"));

    /// <summary>Adds a silo; nothing else is told of it.</summary>
    internal async Task<Child> AddSiloAsync()
    {
        Silos.Add(MakeSilo(Silos.Count));
        await Silos[^1].StartAsync();
        return Silos[^1];
    }

    /// <summary>Adds an edge; nothing else is told of it.</summary>
    internal async Task<IPEndPoint> AddEdgeAsync()
    {
        Edges.Add(MakeEdge(Edges.Count));
        return IPEndPoint.Parse((await Edges[^1].StartAsync())["sip"]);
    }

    private Child MakeSilo(int i) => Make($"silo-{i}", "Silo", _hosts?.OfSilo(_commands.Silo(i), i) ?? _commands.Silo(i), _hosts?.Silos[i].Inside);

    private Child MakeEdge(int i) => Make($"edge-{i}", "Edge", _hosts?.OfEdge(_commands.Edge(i), i) ?? _commands.Edge(i), _hosts?.Edges[i].Inside);

    private Child Make(string name, string project, Dictionary<string, string> options, string[]? inside = null) =>
        new(name, _programs(project), _programs == ProgramOf ? options : PreviousVersion.Fit(options), _talk, _restartPause, inside ?? _inside);

    private async Task SeedAsync(int phones)
    {
        await using var database = Database();
        Keys = await ClusterKeyRing.LoadOrCreateAsync(database, (await File.ReadAllTextAsync(_files.MasterKey)).Trim());

        // Where the programs are of the release before, this brings the schema up to date, as its owner does.
        var owner = (await File.ReadAllTextAsync(_files.Database("owner"))).Trim();
        var place = new PostgresOptions { ConnectionString = Postgres.ConnectionString("sipgateway"), MigrationConnectionString = owner };
        await Seeding.RunAsync(new StorageOptions { Postgres = place, DoesUpkeep = false }, Keys, phones);
    }

    private static LocalOptions AnyPorts() => new()
    {
        DataDir = "", Silos = SiloCount, Edges = EdgeCount, PostgresPort = 0, Bind = IPAddress.Loopback, PublicHost = "127.0.0.1",
        SipDomain = "127.0.0.1",
        PhonePorts = new[] { "sip-port", "sips-port", "http-port", "https-port", "mtls-port" }.ToDictionary(name => name, _ => 0),
        AdminBind = IPAddress.Loopback, AdminPort = 0, GrpcPort = 0,
    };
}
