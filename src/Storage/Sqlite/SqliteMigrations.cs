using System.Globalization;
using System.Reflection;
using Microsoft.Data.Sqlite;

namespace SipGateway.Storage;

/// <summary>The numbered scripts in <c>Migrations</c>, each applied once in a transaction of its own. A released script never
/// changes.</summary>
internal static class SqliteMigrations
{
    private const string Prefix = "Migrations/";

    /// <summary>The schema this code knows.</summary>
    public static int Newest => Scripts().Last().Number;

    /// <summary>Brings the database up to date.</summary>
    /// <exception cref="StorageStartException">It was written by a newer version.</exception>
    public static void Apply(SqliteConnection connection, string path, DateTimeOffset now)
    {
        Run(connection,
            "CREATE TABLE IF NOT EXISTS schema_version (number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_us INTEGER NOT NULL)");
        using var newest = new SqliteStatement(connection, "SELECT COALESCE(MAX(number), 0) FROM schema_version");
        var stored = (long)newest.Scalar()!;
        if (stored > Newest)
            throw new StorageStartException(
                $"The database {path} has schema {stored}, this version of the gateway knows {Newest} at most: a newer version wrote it. "
                + "Start the newer version, or restore a backup that is older than the upgrade.");
        foreach (var script in Scripts().Where(script => script.Number > stored))
            ApplyOne(connection, script, now);
    }

    private static void ApplyOne(SqliteConnection connection, (int Number, string Resource) script, DateTimeOffset now)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(script.Resource)!;
        using var text = new StreamReader(stream);
        Run(connection, "BEGIN IMMEDIATE");
        try
        {
            Run(connection, text.ReadToEnd());
            using var applied =
                new SqliteStatement(connection, "INSERT INTO schema_version (number, name, applied_us) VALUES ($1, $2, $3)", 3);
            applied.Execute(script.Number, script.Resource[Prefix.Length..], StoredTime.ToMicroseconds(now));
            Run(connection, "COMMIT");
        }
        catch
        {
            Run(connection, "ROLLBACK");
            throw;
        }
    }

    private static IEnumerable<(int Number, string Resource)> Scripts() => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(name => (int.Parse(name.AsSpan(Prefix.Length, 4), NumberStyles.None, CultureInfo.InvariantCulture), name));

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
