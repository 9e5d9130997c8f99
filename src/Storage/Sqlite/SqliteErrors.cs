using Microsoft.Data.Sqlite;

namespace SipGateway.Storage;

/// <summary>What SQLite's errors mean to a caller.</summary>
internal static class SqliteErrors
{
    // https://sqlite.org/rescode.html
    private const int Full = 13;
    private const int TooBig = 18;
    private const int Constraint = 19;
    private const int Mismatch = 20;
    private const int Range = 25;

    /// <summary>Errors that concern the entry's own values; any other concerns the database, and so the whole batch.</summary>
    public static bool IsOfOneEntry(SqliteException exception) => exception.SqliteErrorCode is TooBig or Constraint or Mismatch or Range;

    public static bool IsFull(SqliteException exception) => exception.SqliteErrorCode == Full;

    public static StorageFailedException Failed(SqliteException exception, string path) => IsFull(exception)
        ? new StorageFullException(
            $"There is no room left for {path}: nothing of the write is on disk. Free some space; the gateway goes on by itself.",
            exception)
        : new StorageFailedException(
            $"The database {path} refused the transaction ({exception.Message}): nothing of the write is on disk.", exception);

    public static WriteOutcomeUnknownException Unknown(SqliteException exception, string path) => new(
        $"The database {path} failed while it committed ({exception.Message}): the write may or may not be on disk. "
        + "Read again before deciding.",
        exception);
}
