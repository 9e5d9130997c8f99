using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace SipGateway.Storage;

/// <summary>The one thread and the one connection that write. SQLite's calls block; here they block nobody else's thread.</summary>
internal sealed class SqliteWriter(string path, TimeProvider time) : IDisposable
{
    private readonly BlockingCollection<Action> _jobs = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SqliteWriteSession? _session;

    /// <summary>Starts the thread.</summary>
    public void Start() => new Thread(Run) { IsBackground = true, Name = "SQLite writer" }.Start();

    /// <summary>Runs a job on the thread; after a failure of the database itself the next job gets a new connection.</summary>
    public Task<T> RunAsync<T>(Func<SqliteWriteSession, T> job)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _jobs.Add(() =>
        {
            try
            {
                completion.SetResult(job(_session ??= new SqliteWriteSession(SqliteFile.OpenWriter(path), time)));
            }
            catch (Exception exception)
            {
                Forget();
                completion.SetException(exception is SqliteException sqlite ? SqliteErrors.Failed(sqlite, path) : exception);
            }
        });
        return completion.Task;
    }

    /// <summary>Ends after the jobs that wait.</summary>
    public Task StopAsync()
    {
        _jobs.CompleteAdding();
        return _ended.Task;
    }

    public void Dispose() => _jobs.Dispose();

    private void Run()
    {
        foreach (var job in _jobs.GetConsumingEnumerable())
            job();
        Forget();
        _ended.SetResult();
    }

    private void Forget()
    {
        try
        {
            _session?.Dispose();
        }
        catch (SqliteException)
        {
            // A connection that is broken may say so once more on closing; what was committed is in the log.
        }

        _session = null;
    }
}
