using Npgsql;

namespace SipGateway.Storage;

/// <summary>Connections to the cluster's database; one source for everything in a process.</summary>
public static class PostgresDataSource
{
    /// <summary>Makes the source; nothing is connected yet.</summary>
    public static NpgsqlDataSource Create(PostgresOptions options) => Builder(options, options.ConnectionString).Build();

    /// <summary>Connections that ask whether the database is there at one time.</summary>
    public const int MaxProbes = 2;

    /// <summary>Connections that ask whether the database is there, and take two seconds without an answer for a no.</summary>
    public static NpgsqlDataSource CreateForProbes(PostgresOptions options)
    {
        var builder = Builder(options, options.ConnectionString);
        var settings = builder.ConnectionStringBuilder;
        (settings.Timeout, settings.CommandTimeout, settings.MaxPoolSize) = (2, 2, MaxProbes);

        // What is not answered is not cancelled either: the connection is given up at once.
        settings.CancellationTimeout = -1;
        return builder.Build();
    }

    /// <summary>A source for the role that owns the schema.</summary>
    internal static NpgsqlDataSource CreateForMigrations(PostgresOptions options)
    {
        var builder = Builder(options, options.MigrationConnectionString.Length > 0 ? options.MigrationConnectionString : options.ConnectionString);
        // A migration of a large table takes its time, and the next process waits for it.
        builder.ConnectionStringBuilder.CommandTimeout = 0;
        builder.ConnectionStringBuilder.Pooling = false;
        return builder.Build();
    }

    private static NpgsqlDataSourceBuilder Builder(PostgresOptions options, string text)
    {
        var builder = new NpgsqlDataSourceBuilder(text);
        var settings = builder.ConnectionStringBuilder;
        settings.ApplicationName ??= "sipgateway";
        settings.MaxPoolSize = options.MaxConnections - MaxProbes;
        settings.Timeout = (int)options.ConnectTimeout.TotalSeconds;
        settings.CommandTimeout = (int)options.CommandTimeout.TotalSeconds;
        // Who asked has given up by then; a database that does not answer gets no second wait.
        settings.CancellationTimeout = 500;
        settings.KeepAlive = 10;
        settings.MaxAutoPrepare = 200;
        settings.AutoPrepareMinUsages = 2;
        settings.IncludeErrorDetail = false;
        // Sessions that change settings keep their connection for good, so that none comes back to the pool changed.
        settings.NoResetOnClose = true;
        return builder;
    }
}
