using Microsoft.Data.Sqlite;

namespace SipGateway.Storage;

/// <summary>The writing connection, its transaction and its statements.</summary>
internal sealed class SqliteWriteSession(SqliteConnection connection, TimeProvider time) : IDisposable
{
    private readonly SqliteStatement _begin = new(connection, "BEGIN IMMEDIATE");
    private readonly SqliteStatement _commit = new(connection, "COMMIT");
    private readonly SqliteStatement _rollback = new(connection, "ROLLBACK");
    private readonly SqliteStatement _savepoint = new(connection, "SAVEPOINT entry");
    private readonly SqliteStatement _release = new(connection, "RELEASE entry");
    private readonly SqliteStatement _rollbackEntry = new(connection, "ROLLBACK TO entry");

    public SqliteConnection Connection { get; } = connection;

    public StateStatements States { get; } = new(connection);

    public JournalStatements Journals { get; } = new(connection);

    public SealStatements Sealing { get; } = new(connection);

    public DateTimeOffset UtcNow => time.GetUtcNow();

    /// <summary>Whether a transaction is open; SQLite ends it by itself on some errors.</summary>
    public bool InTransaction => SQLitePCL.raw.sqlite3_get_autocommit(Connection.Handle) == 0;

    /// <summary>Runs work in one transaction that is on disk when this returns.</summary>
    /// <exception cref="StorageFailedException">Nothing of it is on disk.</exception>
    /// <exception cref="WriteOutcomeUnknownException">It may or may not be on disk.</exception>
    public T InOneTransaction<T>(Func<T> work)
    {
        T result;
        try
        {
            _begin.Execute();
            result = work();
        }
        catch (Exception exception)
        {
            RollBack();
            throw exception is SqliteException sqlite ? SqliteErrors.Failed(sqlite, Connection.DataSource) : exception;
        }

        Commit();
        return result;
    }

    /// <summary>Runs an entry's work so that it leaves nothing behind unless it won.</summary>
    public WriteVerdict Isolated(Func<WriteVerdict> work)
    {
        _savepoint.Execute();
        WriteVerdict verdict;
        try
        {
            verdict = work();
        }
        catch (SqliteException exception) when (SqliteErrors.IsOfOneEntry(exception))
        {
            verdict = new WriteVerdict.Refused(exception.Message);
        }

        if (verdict is not WriteVerdict.Won)
            _rollbackEntry.Execute();
        _release.Execute();
        return verdict;
    }

    public void Dispose()
    {
        foreach (IDisposable part in (IDisposable[])[States, Journals, Sealing, _begin, _commit, _rollback, _savepoint, _release,
            _rollbackEntry])
            part.Dispose();
        Connection.Dispose();
    }

    private void Commit()
    {
        try
        {
            _commit.Execute();
        }
        catch (SqliteException exception)
        {
            var refused = InTransaction || SqliteErrors.IsFull(exception);
            RollBack();
            throw refused ? SqliteErrors.Failed(exception, Connection.DataSource) : SqliteErrors.Unknown(exception, Connection.DataSource);
        }
    }

    private void RollBack()
    {
        if (InTransaction)
            _rollback.Execute();
    }
}
