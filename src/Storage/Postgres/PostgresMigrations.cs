using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Npgsql;

namespace SipGateway.Storage;

/// <summary>
/// The numbered scripts in <c>Migrations</c>, each applied once in a transaction of its own by whichever process comes first. A released
/// script never changes. A script that older versions can live with says so in a line <c>-- readable from: NUMBER</c>: then both run side by side.
/// </summary>
internal static partial class PostgresMigrations
{
    private const string Prefix = "PostgresMigrations/";
    private const string RolesScript = "PostgresRoles/roles.sql";
    private const long MigrationLock = 0x5347_0000;

    // xid8 and FETCH FIRST … WITH TIES came with 13.
    private const int OldestServer = 130_000;

    /// <summary>The schema this code knows.</summary>
    public static int Newest => Scripts().Last().Number;

    /// <summary>Brings the database up to date.</summary>
    /// <exception cref="StorageStartException">It cannot be reached or used, or was written by a newer version.</exception>
    public static async Task ApplyAsync(
        NpgsqlDataSource source, PostgresOptions options, bool doesUpkeep, DateTimeOffset now, CancellationToken cancellation)
    {
        try
        {
            await CheckServerAsync(source, cancellation);
            if (options.MigrationConnectionString.Length > 0 || await ReadStoredAsync(source, cancellation) < Newest)
                await MigrateAsync(options, now, cancellation);
            if (doesUpkeep)
                await ForgetOtherLivesAsync(source, cancellation);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new StorageStartException(
                $"The database's schema is behind, and this role may not change it ({exception.MessageText}). Give the role that owns the "
                + "schema as the migration database, once, to one process.", exception);
        }
        catch (Exception exception) when (PostgresErrors.IsOfDatabase(exception))
        {
            throw new StorageStartException(
                $"The database cannot be used: {exception.Message} Check that it runs, that this machine may reach it, and the name, role "
                + "and password in the connection string.", exception);
        }
    }

    private static async Task CheckServerAsync(NpgsqlDataSource source, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand("SELECT current_setting('server_version_num')::int, current_setting('server_encoding')");
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        if (row.GetInt32(0) < OldestServer)
            throw new StorageStartException($"The database server is too old ({row.GetInt32(0)}): PostgreSQL 13 or newer is needed.");
        if (row.GetString(1) != "UTF8")
            throw new StorageStartException($"The database's encoding is {row.GetString(1)}: make one with ENCODING 'UTF8'.");
    }

    private static async Task<int> ReadStoredAsync(NpgsqlDataSource source, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await ReadStoredAsync(connection, cancellation);
    }

    private static async Task<int> ReadStoredAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using (var exists = new NpgsqlCommand("SELECT to_regclass('schema_version') IS NOT NULL", connection))
        {
            if (!(bool)(await exists.ExecuteScalarAsync(cancellation))!)
                return 0;
        }

        await using var command = new NpgsqlCommand("SELECT number, readable_from FROM schema_version ORDER BY number DESC LIMIT 1", connection);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        if (!await row.ReadAsync(cancellation))
            return 0;
        var (stored, readableFrom) = (row.GetInt32(0), row.GetInt32(1));
        return Newest >= readableFrom
            ? stored
            : throw new StorageStartException(
                $"The database has schema {stored}, this version of the gateway knows {Newest} at most and cannot work beside it: a newer "
                + "version wrote it. Start the newer version, or restore a backup that is older than the upgrade.");
    }

    private static async Task MigrateAsync(PostgresOptions options, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var owner = PostgresDataSource.CreateForMigrations(options);
        await using var connection = await owner.OpenConnectionAsync(cancellation);
        await RunAsync(connection, $"SELECT pg_advisory_lock({MigrationLock.ToString(CultureInfo.InvariantCulture)})", cancellation);
        await RunAsync(connection, """
            CREATE TABLE IF NOT EXISTS schema_version (
                number integer PRIMARY KEY, name text NOT NULL, applied_us bigint NOT NULL, readable_from integer NOT NULL)
            """, cancellation);
        var stored = await ReadStoredAsync(connection, cancellation);
        foreach (var script in Scripts().Where(script => script.Number > stored))
            await ApplyOneAsync(connection, script, now, cancellation);
        await RunAsync(connection, Text(RolesScript).Replace("@schema@", await SchemaAsync(connection, cancellation), StringComparison.Ordinal), cancellation);
    }

    private static async Task ApplyOneAsync(
        NpgsqlConnection connection, (int Number, string Resource) script, DateTimeOffset now, CancellationToken cancellation)
    {
        var text = Text(script.Resource);
        var readableFrom = ReadableFrom().Match(text) is { Success: true } match ? match.Groups[1].Value : script.Number.ToString(CultureInfo.InvariantCulture);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await RunAsync(connection, text, cancellation);
        await RunAsync(connection, $"""
            INSERT INTO schema_version (number, name, applied_us, readable_from) VALUES ({script.Number.ToString(CultureInfo.InvariantCulture)},
                '{script.Resource[Prefix.Length..]}', {StoredTime.ToMicroseconds(now).ToString(CultureInfo.InvariantCulture)}, {readableFrom})
            """, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    // A database that was restored from a dump counts its transactions anew: what is numbered beyond is of its former life.
    private static async Task ForgetOtherLivesAsync(NpgsqlDataSource source, CancellationToken cancellation)
    {
        foreach (var feed in (string[])["change", "revocation"])
        {
            await using var command = source.CreateCommand($"DELETE FROM {feed} WHERE transaction > pg_current_xact_id()::text::bigint");
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    private static async Task<string> SchemaAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("SELECT quote_ident(current_schema())", connection);
        return (string)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static IEnumerable<(int Number, string Resource)> Scripts() => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(name => (int.Parse(name.AsSpan(Prefix.Length, 4), NumberStyles.None, CultureInfo.InvariantCulture), name));

    private static string Text(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        using var text = new StreamReader(stream);
        return text.ReadToEnd();
    }

    [GeneratedRegex(@"^-- readable from: (\d+)\s*$", RegexOptions.Multiline)]
    private static partial Regex ReadableFrom();
}
