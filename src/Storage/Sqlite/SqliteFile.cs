using Microsoft.Data.Sqlite;

namespace SipGateway.Storage;

/// <summary>The database file and how connections to it are set up.</summary>
internal static class SqliteFile
{
    public const string FileName = "gateway.db";

    /// <summary>The one connection that writes: the log is flushed before a commit returns.</summary>
    public static SqliteConnection OpenWriter(string path) => Open(path,
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536; "
        + "PRAGMA journal_size_limit=67108864;");

    /// <summary>A connection that cannot write.</summary>
    public static SqliteConnection OpenReader(string path) =>
        Open(path, "PRAGMA query_only=1; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-32768; PRAGMA mmap_size=268435456;");

    /// <summary>Makes the file, readable by its owner only, before SQLite would make it readable by all; its log inherits the
    /// mode.</summary>
    public static void EnsurePrivate(string path)
    {
        const UnixFileMode ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        if (OperatingSystem.IsWindows())
            return;
        if (File.Exists(path))
            File.SetUnixFileMode(path, ownerOnly);
        else
            new FileStream(path, new FileStreamOptions
                { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = ownerOnly }).Dispose();
    }

    private static SqliteConnection Open(string path, string pragmas)
    {
        // No pool: a pooled connection would outlive the lock on the directory.
        var text =
            new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 5 };
        var connection = new SqliteConnection(text.ToString());
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON; " + pragmas;
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
