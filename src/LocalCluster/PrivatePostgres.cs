using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;
using SipGateway.Hosting;

namespace SipGateway.LocalCluster;

/// <summary>The certificate that a PostgreSQL server shows.</summary>
/// <param name="Path">The certificate, PEM.</param>
/// <param name="KeyPath">Its key, PEM.</param>
/// <param name="CaPath">Whose certificates those that connect believe, PEM.</param>
public sealed record PostgresCertificate(string Path, string KeyPath, string CaPath);

/// <summary>Where a PostgreSQL server is.</summary>
/// <param name="Address">The address it listens on, and whose neighbours may come.</param>
/// <param name="Inside">A command that becomes the one after it, in other surroundings, such as a network namespace.</param>
/// <param name="Settings">More of its settings, as <c>name=value</c>.</param>
/// <param name="AsItself">The same, run as the server's own user.</param>
public sealed record PostgresPlace(IPAddress Address, string[] Inside, string[] Settings, string[] AsItself)
{
    /// <summary>Beside us.</summary>
    public static readonly PostgresPlace Here = new(IPAddress.Loopback, [], [], []);
}

/// <summary>A PostgreSQL server for one cluster on one machine: its own directory, its own port on the loopback, never run as root.</summary>
public sealed class PrivatePostgres : IAsyncDisposable
{
    private const string Superuser = "sipgateway_local";
    private const string ServerUser = "postgres";
    private const int MaxConnections = 300;
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);

    private readonly string directory;
    private readonly string password;
    private readonly PostgresCertificate certificate;
    private readonly bool isForTests;
    private readonly PostgresPlace place;
    private static readonly TimeSpan RestartPause = TimeSpan.FromSeconds(1);

    private Task log = Task.CompletedTask;
    private volatile bool isStopping;
    private volatile string lastWords = "";

    private PrivatePostgres(string directory, int port, string password, PostgresCertificate certificate, bool isForTests, PostgresPlace place)
    {
        this.directory = directory;
        this.password = password;
        this.certificate = certificate;
        this.isForTests = isForTests;
        this.place = place;
        Port = port;
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>The process that listens; 0 while it is down.</summary>
    public int ProcessId => int.TryParse(
        File.Exists(PidFile) ? File.ReadLines(PidFile).FirstOrDefault() : null, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;

    private string PidFile => Path.Combine(directory, "postmaster.pid");

    /// <summary>Makes the server's directory at the first start, and starts it.</summary>
    /// <param name="directory">Where; its parents must be open to the user that the server runs as when this process is root.</param>
    /// <param name="port">Where it listens; 0 for any free port.</param>
    /// <param name="certificate">What it shows to everyone that connects; it speaks TLS only.</param>
    /// <param name="isForTests">Whether it may lose what a machine without power loses. What a killed process leaves is kept in any case.</param>
    /// <param name="place">Where it is; null: beside us.</param>
    /// <exception cref="StartException">It cannot be started; says why.</exception>
    public static async Task<PrivatePostgres> StartAsync(
        string directory, int port, PostgresCertificate certificate, bool isForTests = false, PostgresPlace? place = null)
    {
        var passwordFile = directory.TrimEnd('/') + ".password";
        if (!File.Exists(Path.Combine(directory, "PG_VERSION")))
        {
            await CreateAsync(directory, passwordFile);
        }

        var password = (await File.ReadAllTextAsync(passwordFile)).Trim();
        var server = new PrivatePostgres(directory, port == 0 ? FreePort() : port, password, certificate, isForTests, place ?? PostgresPlace.Here);
        await server.StartAsync();
        return server;
    }

    /// <summary>A connection string; the password of the role that made the server is its own.</summary>
    public string ConnectionString(string database, string? user = null, string? userPassword = null) => new NpgsqlConnectionStringBuilder
    {
        Host = place.Address.ToString(), Port = Port, Database = database, Username = user ?? Superuser, Password = user is null ? password : userPassword,
        SslMode = SslMode.VerifyFull, RootCertificate = certificate.CaPath,
    }.ToString();

    /// <summary>Runs one statement as the role that made the server.</summary>
    public async Task ExecuteAsync(string sql, string database = "postgres")
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString(database) + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Starts it again after <see cref="StopAsync"/> or a crash; returns when it takes connections. It ends with this process.</summary>
    /// <exception cref="StartException">It ended at once, or takes no connections; its log says why.</exception>
    public async Task StartAsync()
    {
        // Left over by a process that was killed.
        if (ProcessId is var old and > 0 && Directory.Exists($"/proc/{old}"))
        {
            await StopAsync();
        }

        await ShowCertificateAsync();
        isStopping = false;
        var server = await RunAsServerAsync();
        var started = Stopwatch.GetTimestamp();
        while (!await TakesConnectionsAsync())
        {
            if (server.HasExited || Stopwatch.GetElapsedTime(started) > StartPatience)
            {
                isStopping = true;
                throw new StartException($"PostgreSQL in {directory} did not start: {lastWords}");
            }

            await Task.Delay(50);
        }
    }

    /// <summary>Ends it: in order, with connections cut (<c>fast</c>), or as a crash would (<c>immediate</c>).</summary>
    public async Task StopAsync(string mode = "fast")
    {
        isStopping = true;
        await RunAsync(AsServer(Program("pg_ctl"), "-D", directory, "-m", mode, "-w", "stop", "-s"));
        await log;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        isStopping = true;
        if (ProcessId > 0)
        {
            await StopAsync();
        }
    }

    private async Task<Process> RunAsServerAsync()
    {
        string[] command = [.. place.Inside, .. AsServer([.. place.AsItself, .. ServerCommand()])];
        var server = await ChildStarter.StartAsync(new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = "/", RedirectStandardError = true });
        log = KeepAsync(server);
        return server;
    }

    private string[] ServerCommand() => ChildStarter.EndingWithUs("INT", [Program("postgres"), "-D", directory, .. Settings()]);

    // A server that ends by itself, for want of room for its log of writes perhaps, is started again until it stays.
    private async Task KeepAsync(Process server)
    {
        await KeepLogAsync(server.StandardError);
        await server.WaitForExitAsync();
        if (!isStopping)
        {
            await Task.Delay(RestartPause);
        }

        if (!isStopping)
        {
            await RunAsServerAsync();
        }
    }

    private static async Task CreateAsync(string directory, string passwordFile)
    {
        await RunAsync(IsRoot
            ? ["install", "-d", "-m", "700", "-o", ServerUser, directory]
            : ["install", "-d", "-m", "700", directory]);
        var password = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(24));
        Trust.SecretFile.Write(passwordFile, Encoding.ASCII.GetBytes(password + "\n"));

        await RunAsync(AsServer(
            Program("initdb"), "-D", directory, "-U", Superuser, "--auth=peer", "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"));
        // By the server's own input: a password on a command line is everybody's.
        await RunAsync(
            AsServer(Program("postgres"), "--single", "-D", directory, "postgres"), $"ALTER ROLE {Superuser} PASSWORD '{password}'\n");
    }

    // At every start: the certificate may have been renewed. PostgreSQL takes no key that others than its own user may read.
    private async Task ShowCertificateAsync()
    {
        var owner = IsRoot ? new[] { "-o", ServerUser } : [];
        await RunAsync(["install", "-m", "600", .. owner, certificate.KeyPath, Path.Combine(directory, "server.key")]);
        await RunAsync(["install", "-m", "644", .. owner, certificate.Path, Path.Combine(directory, "server.crt")]);
        await File.WriteAllTextAsync(Path.Combine(directory, "pg_hba.conf"), $"hostssl all all {Neighbours} scram-sha-256\n");
    }

    private string Neighbours => IPAddress.IsLoopback(place.Address) ? "127.0.0.1/32" : "samenet";

    private IEnumerable<string> Settings() => SettingLines().SelectMany(setting => new[] { "-c", setting });

    private string[] SettingLines() =>
    [
        $"listen_addresses={place.Address}", $"port={Port.ToString(CultureInfo.InvariantCulture)}", $"unix_socket_directories={directory}",
        $"max_connections={MaxConnections.ToString(CultureInfo.InvariantCulture)}",
        "ssl=on", "ssl_cert_file=server.crt", "ssl_key_file=server.key", "ssl_min_protocol_version=TLSv1.2",
        isForTests ? "fsync=off" : "fsync=on", .. place.Settings,
    ];

    private async Task<bool> TakesConnectionsAsync()
    {
        try
        {
            await ExecuteAsync("SELECT 1");
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    // Beside the data, as its owner's.
    private async Task KeepLogAsync(StreamReader from)
    {
        await using var file = new FileStream(directory.TrimEnd('/') + ".log", FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        while (await from.ReadLineAsync() is { } line)
        {
            lastWords = line;
            try
            {
                await file.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));
            }
            catch (IOException)
            {
                // No room for it: the server must not wait for that.
            }
        }
    }

    private static bool IsRoot => Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows();

    private static string[] AsServer(params string[] command) =>
        IsRoot ? ["setpriv", $"--reuid={ServerUser}", $"--regid={ServerUser}", "--clear-groups", .. command] : command;

    private static string Program(string name)
    {
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        var installed = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(version => Path.Combine(version, "bin"))
            : [];
        return installed.Concat(onPath).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? throw new StartException($"{name} is not installed: a cluster needs PostgreSQL on this machine (apt-get install postgresql).");
    }

    private static async Task RunAsync(string[] command, string? input = null)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = input is not null, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/",
        };
        using var process = Process.Start(start)!;
        if (input is not null)
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }

        var errors = process.StandardError.ReadToEndAsync();
        _ = process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new StartException($"{string.Join(' ', command)} ended with {process.ExitCode}: {(await errors).Trim()}");
        }
    }

    private static int FreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
