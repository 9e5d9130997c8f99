using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using SipGateway.Journeys.Tests.Running;
using SipGateway.LocalCluster;

namespace SipGateway.Cluster.Tests.Shipping;

/// <summary>
/// The compose file's cluster, without Docker: its secrets made by its script, its roles in a PostgreSQL with its certificate, its silo, edge and
/// admin API started by its environment. Only addresses and ports are this machine's.
/// </summary>
public sealed partial class ShippedClusterTests : IAsyncLifetime
{
    private readonly string _root = Path.Combine(Path.GetTempPath(), $"sipgateway-shipped-{Guid.NewGuid():n}");
    private readonly ComposeFile _compose = ComposeFile.Read();
    private readonly Dictionary<string, string> _ports = [];
    private PrivatePostgres? _postgres;

    private string Ours => Path.Combine(_root, "ours");

    private string Theirs => Path.Combine(_root, "theirs");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(_root);
        await MakeSecretsAsync();

        // Its volume.
        Directory.CreateDirectory(Path.Combine(_root, "admin"));
        _postgres = await PrivatePostgres.StartAsync(
            Path.Combine(_root, "postgres"), 0,
            new PostgresCertificate(Path.Combine(Theirs, "database.crt"), Path.Combine(Theirs, "database.key"), Path.Combine(Ours, "cluster-ca.crt")), isForTests: true);
        foreach (var statement in await File.ReadAllLinesAsync(Path.Combine(Theirs, "roles.sql")))
            await _postgres.ExecuteAsync(statement);
        foreach (var file in Directory.GetFiles(Ours, "database-*.txt"))
            await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("Host=127.0.0.1;", $"Host=127.0.0.1;Port={_postgres.Port};", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null)
            await _postgres.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task Cluster_StartsIsWellAndEndsInOrder()
    {
        (await HealthAsync("silo-1", "Silo")).Should().Be(1, "nobody runs yet");
        await using var silo = await ShippedProgram.StartAsync("Silo", Environment("silo-1"));
        await using var edge = await ShippedProgram.StartAsync("Edge", Environment("edge-1"));
        await using var admin = await ShippedProgram.StartAsync("AdminApi", Environment("admin"));

        await WellAsync("silo-1", "Silo");
        await WellAsync("edge-1", "Edge");
        await WellAsync("admin", "AdminApi");
        File.Exists(Path.Combine(_root, "admin", "admin.key")).Should().BeTrue();
        (await admin.StopAsync()).Should().Be(0);
        (await edge.StopAsync()).Should().Be(0);
        (await silo.StopAsync()).Should().Be(0);
        (await HealthAsync("silo-1", "Silo")).Should().Be(1, "it ended");
    }

    [Fact]
    public async Task Secrets_MadeTwice_StayAsTheyAre()
    {
        var before = await File.ReadAllTextAsync(Path.Combine(Ours, "master.key"));

        await MakeSecretsAsync();

        (await File.ReadAllTextAsync(Path.Combine(Ours, "master.key"))).Should().Be(before);
        Directory.GetFiles(Ours).Concat(Directory.GetFiles(Theirs)).Should().AllSatisfy(file =>
            (File.GetUnixFileMode(file) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)).Should().Be(UnixFileMode.None, file));
    }

    private async Task WellAsync(string service, string project)
    {
        for (var tries = 0; await HealthAsync(service, project) != 0; tries++)
            tries.Should().BeLessThan(30, "{0} says that it is ready", service);
    }

    private async Task<int> HealthAsync(string service, string project) =>
        (await ShippedProgram.RunAsync(project, Environment(service), "health")).ExitCode;

    private Dictionary<string, string> Environment(string service)
    {
        var environment = _compose.Environment(service, "localhost").ToDictionary(pair => pair.Key, pair => pair.Value == service
            ? "localhost"
            : Directories().Replace(pair.Value, match => match.Value == "/data" ? Path.Combine(_root, service) : Ours)
                .Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal).Replace("admin:5443", $"localhost:{Port("people")}", StringComparison.Ordinal));
        foreach (var name in new[] { "SIP", "SIPS", "HTTP", "HTTPS", "MTLS", "SILO", "SILO_GATEWAY" })
            environment[$"SIPGATEWAY_{name}_PORT"] = "0";
        environment["SIPGATEWAY_OPS_PORT"] = Port(service);
        environment["SIPGATEWAY_ADMIN_PORT"] = Port("admin");
        environment["SIPGATEWAY_GRPC_PORT"] = "0";
        environment["SIPGATEWAY_PEOPLE_PORT"] = Port("people");
        return environment;
    }

    private string Port(string name)
    {
        if (_ports.TryGetValue(name, out var known))
            return known;
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return _ports[name] = $"{((IPEndPoint)probe.LocalEndpoint).Port}";
    }

    [GeneratedRegex("^/(data|run/sipgateway)(?=/|$)")]
    private static partial Regex Directories();

    private async Task MakeSecretsAsync()
    {
        using var make = Process.Start(new ProcessStartInfo(
            Path.Combine(Repository.Root, "docker/make-secrets.sh"), [Ours, Theirs, "localhost", "127.0.0.1"]) { RedirectStandardError = true })!;
        var errors = await make.StandardError.ReadToEndAsync();
        await make.WaitForExitAsync();
        make.ExitCode.Should().Be(0, errors);
    }
}
