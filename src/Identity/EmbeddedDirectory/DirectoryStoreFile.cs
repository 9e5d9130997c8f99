using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace SipGateway.Identity;

/// <summary>The file under <see cref="DirectoryStore"/>.</summary>
internal static class DirectoryStoreFile
{
    public const string Name = "directory.db";

    /// <summary>
    /// The shape of the tables; rises with every change of them. A file of another shape is made anew: the longest-lived row in it is a
    /// pairing code of some minutes, and whoever holds one just asks for another.
    /// </summary>
    public const int Schema = 1;

    public static string ConnectionString(string dataDirectory) => new SqliteConnectionStringBuilder
    {
        DataSource = Path.Combine(dataDirectory, Name),
        DefaultTimeout = 10,
    }.ToString();

    /// <summary>Makes the directory and the file with owner-only modes before SQLite opens it; the journal files inherit the
    /// mode.</summary>
    /// <exception cref="SqliteException">The file is none of SQLite's, or cannot be read.</exception>
    public static void Prepare(string dataDirectory)
    {
        PrivateDirectory.Create(dataDirectory);
        MakeOwnersOnly(Path.Combine(dataDirectory, Name));
        using var file = new SqliteConnection(ConnectionString(dataDirectory));
        file.Open();
        using var look = file.CreateCommand();
        look.CommandText = "SELECT count(*) FROM sqlite_schema";
        look.ExecuteScalar();
    }

    private static void MakeOwnersOnly(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        if (File.Exists(path))
        {
            File.SetUnixFileMode(path, OwnerOnly);
            return;
        }

        using var made = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly,
        });
    }

    public static async Task EnsureSchemaAsync(DirectoryStore store, CancellationToken cancellation)
    {
        var known = await store.Database.SqlQueryRaw<int>("SELECT user_version AS Value FROM pragma_user_version").SingleAsync(cancellation);
        if (known == Schema)
        {
            return;
        }

        // A transaction over the whole change, so that a crash leaves the old shape or the new one; the file itself stays, and with it
        // its mode.
        await store.Database.OpenConnectionAsync(cancellation);
        await RunAsync(store, "PRAGMA journal_mode=WAL", cancellation);
        await using var transaction = await store.Database.BeginTransactionAsync(cancellation);
        await RunAsync(store, "PRAGMA defer_foreign_keys=ON", cancellation);
        foreach (var table in await TablesAsync(store, cancellation))
        {
            await RunAsync(store, $"DROP TABLE \"{table}\"", cancellation);
        }

        await RunAsync(store, store.Database.GenerateCreateScript(), cancellation);
        await RunAsync(store, $"PRAGMA user_version={Schema}", cancellation);
        await transaction.CommitAsync(cancellation);
        await store.Database.CloseConnectionAsync();
    }

    private static Task<List<string>> TablesAsync(DirectoryStore store, CancellationToken cancellation) => store.Database
        .SqlQueryRaw<string>("SELECT name AS Value FROM sqlite_schema WHERE type='table' AND name NOT LIKE 'sqlite_%'")
        .ToListAsync(cancellation);

    // Statements of ours only: no value from outside is ever part of them.
    private static async Task RunAsync(DirectoryStore store, string sql, CancellationToken cancellation)
    {
        await using var command = store.Database.GetDbConnection().CreateCommand();
        command.Transaction = store.Database.CurrentTransaction?.GetDbTransaction();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
