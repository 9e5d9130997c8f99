using Npgsql;

namespace SipGateway.Storage;

/// <summary>What PostgreSQL's errors mean to a caller (Appendix A of its manual).</summary>
internal static class PostgresErrors
{
    /// <summary>Errors that concern the entry's own values: data, constraints, one row twice, limits.</summary>
    public static bool IsOfOneEntry(PostgresException exception) =>
        exception.SqlState[..2] is "22" or "23" or "21" || exception.SqlState is PostgresErrorCodes.ProgramLimitExceeded;

    /// <summary>Another transaction was in the way; this one left nothing behind and can be run again.</summary>
    public static bool IsInTheWay(PostgresException exception) => exception.SqlState
        is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.LockNotAvailable;

    /// <summary>Whether it is the database's, its connection's or its machine's fault: nothing of ours.</summary>
    public static bool IsOfDatabase(Exception exception) => exception is NpgsqlException or TimeoutException or IOException
        or System.Net.Sockets.SocketException or ObjectDisposedException;

    public static StorageFailedException Failed(Exception exception) => exception is PostgresException { SqlState: PostgresErrorCodes.DiskFull }
        ? new StorageFullException(
            "The database has no room left: nothing of the write is on disk. Free some space there; the gateway goes on by itself.", exception)
        : new StorageFailedException(
            $"The database did not take the transaction ({Words(exception)}): nothing of the write is on disk.", exception);

    public static StorageFailedException NotRead(Exception exception) =>
        new($"The database did not answer ({Words(exception)}). The gateway goes on when it is back.", exception);

    public static WriteOutcomeUnknownException Unknown(Exception exception) => new(
        $"The connection to the database was lost while it committed ({Words(exception)}): the write may or may not be on disk. "
        + "Read again before deciding.",
        exception);

    // Npgsql's own words say "while reading from the stream"; what happened is inside.
    private static string Words(Exception exception) => (exception as PostgresException)?.MessageText
        ?? (exception is NpgsqlException { InnerException: { } inner } ? inner.Message : exception.Message);
}
