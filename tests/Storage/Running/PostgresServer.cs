using System.Diagnostics;
using Npgsql;

namespace SipGateway.Storage.Tests;

/// <summary>A PostgreSQL server of this test run's own, on a free port of the loopback, never as root.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Superuser = "tests";
    private static readonly Lazy<Task<PostgresServer>> Started = new(StartOwnAsync);

    private readonly string _directory;
    private readonly Process _process;
    private readonly int _port;

    private PostgresServer(string directory, Process process, int port) => (_directory, _process, _port) = (directory, process, port);

    public static Task<PostgresServer> GetAsync() => Started.Value;

    public static async ValueTask StopAsync()
    {
        if (Started.IsValueCreated)
            await (await Started.Value).DisposeAsync();
    }

    public string ConnectionString(string database, string? user = null) =>
        $"Host=127.0.0.1;Port={_port};Database={database};Username={user ?? Superuser}";

    public async Task ExecuteAsync(string sql, string database = "postgres", string? user = null)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString(database, user) + ";Pooling=false");
        foreach (var statement in sql.Split(";\n"))
        {
            await using var command = source.CreateCommand(statement);
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>Makes an empty database where there is none.</summary>
    public async Task EnsureDatabaseAsync(string name)
    {
        try
        {
            await ExecuteAsync($"CREATE DATABASE {name}");
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Opened once more.
        }
    }

    public Task DropDatabaseAsync(string name) => ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");

    /// <summary>Ends the server in the middle of everything and starts it again.</summary>
    public async Task CrashAndRestartAsync()
    {
        await RunAsync(AsOwner(Program("pg_ctl"), "-D", _directory, "-m", "immediate", "-w", "restart", "-l", _directory + "/server.log", "-o",
            Options(_directory, _port)));
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync(AsOwner(Program("pg_ctl"), "-D", _directory, "-m", "immediate", "-w", "stop"));
        _process.Dispose();
        await RunAsync(["rm", "-rf", _directory]);
    }

    /// <summary>Starts a server that nobody else uses.</summary>
    public static async Task<PostgresServer> StartOwnAsync()
    {
        var directory = Path.Combine(Path.GetTempPath(), "sipgateway-postgres-" + Guid.NewGuid().ToString("n"));
        await RunAsync(IsRoot ? ["install", "-d", "-m", "700", "-o", "postgres", directory] : ["install", "-d", "-m", "700", directory]);
        var port = FreePort();
        await RunAsync(AsOwner(
            Program("initdb"), "-D", directory, "-U", Superuser, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"));
        var process = await RunAsync(AsOwner(
            Program("pg_ctl"), "-D", directory, "-w", "-l", directory + "/server.log", "-o", Options(directory, port), "start"));
        return new PostgresServer(directory, process, port);
    }

    // What a machine that loses power would lose does not matter here; what a process that is killed leaves does.
    private static string Options(string directory, int port) =>
        $"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={directory} -c fsync=off -c max_connections=200";

    private static bool IsRoot => Environment.UserName == "root";

    private static string[] AsOwner(params string[] command) =>
        IsRoot ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", .. command] : command;

    private static string Program(string name) => Directory.GetDirectories("/usr/lib/postgresql").OrderDescending()
        .Select(version => Path.Combine(version, "bin", name)).FirstOrDefault(File.Exists)
        ?? throw new FileNotFoundException($"{name} is not installed: ./test.sh installs it (Debian's postgresql package).");

    private static async Task<Process> RunAsync(string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, WorkingDirectory = "/" };
        // pg_ctl's child keeps the output it was given.
        start.RedirectStandardOutput = false;
        var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}: {await errors}");
        return process;
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>Ends the server with the test run.</summary>
public sealed class PostgresEnd : IAsyncDisposable
{
    public ValueTask DisposeAsync() => PostgresServer.StopAsync();
}
