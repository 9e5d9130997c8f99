using System.Net;
using Npgsql;

namespace SipGateway.Storage;

/// <summary>The PostgreSQL database that the silos of a cluster share.</summary>
public sealed record PostgresOptions
{
    /// <summary>How a silo reaches the database, as Npgsql writes it; its role may read and write rows, and change no table. Holds a password
    /// perhaps: never shown, never logged.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>The role that owns the schema and brings it up to date; empty: <see cref="ConnectionString"/> does, when it may.</summary>
    public string MigrationConnectionString { get; init; } = "";

    /// <summary>Connections of one process, for everything: one writes states, few read, Orleans looks after its membership, two ask
    /// whether the database is there. Default: 12, so that eight silos stay below the 100 that PostgreSQL allows unless told otherwise.</summary>
    public int MaxConnections { get; init; } = 12;

    /// <summary>How long a connection may take to open. Default: 2 seconds; together with <see cref="CommandTimeout"/> below the time of a grain
    /// call, so that who waits is told before it gives up.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a statement may take. Default: 3 seconds; a batch takes milliseconds.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Every error of these options, for a person; empty when they are good.</summary>
    public IEnumerable<string> Validate()
    {
        foreach (var (name, text) in new[] { (nameof(ConnectionString), ConnectionString), (nameof(MigrationConnectionString), MigrationConnectionString) })
        {
            if (name == nameof(MigrationConnectionString) && text.Length == 0) continue;
            if (Fault(text) is { } fault) yield return $"{name} cannot be used: {fault}";
        }

        if (MaxConnections is < 4 or > 1000) yield return $"MaxConnections is {MaxConnections}: it must be from 4 to 1000.";
        if (IsOutside(ConnectTimeout)) yield return $"ConnectTimeout is {ConnectTimeout}: it must be from 1 to 60 seconds.";
        if (IsOutside(CommandTimeout)) yield return $"CommandTimeout is {CommandTimeout}: it must be from 1 to 60 seconds.";
    }

    /// <summary>Names the database, never its password.</summary>
    public override string ToString() => nameof(PostgresOptions);

    // The text itself is never repeated: it may hold a password.
    private static string? Fault(string text)
    {
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(text);
            return builder.Host is not { Length: > 0 } hosts ? "it names no Host."
                : IsBeyondThisMachine(hosts) && builder.SslMode is (SslMode.Prefer or SslMode.Allow)
                    ? "its Host is another machine, and whoever sits between would read and change all of it. "
                        + "Add SSL Mode=VerifyFull;Root Certificate=/path/ca.crt, or SSL Mode=Disable where the wire is trusted."
                : null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException)
        {
            return "it is no connection string such as Host=db;Database=sipgateway;Username=sipgateway_silo;Passfile=/run/secrets/pgpass.";
        }
    }

    // Several hosts are one's replicas; a host that begins with a slash is a socket's directory.
    private static bool IsBeyondThisMachine(string hosts) => hosts.Split(',', StringSplitOptions.TrimEntries).Any(host =>
        !host.StartsWith('/') && WithoutPort(host) != "localhost"
        && !(IPAddress.TryParse(WithoutPort(host), out var address) && IPAddress.IsLoopback(address)));

    private static string WithoutPort(string host) => host.LastIndexOf(':') is var colon and > 0 && host.IndexOf(':') == colon ? host[..colon] : host;

    private static bool IsOutside(TimeSpan value) => value < TimeSpan.FromSeconds(1) || value > TimeSpan.FromMinutes(1);
}
