using Microsoft.Data.Sqlite;

namespace SipGateway.Storage;

/// <summary>The one thread and the one connection that write. SQLite's calls block; here they block nobody else's thread.</summary>
internal sealed class SqliteWriter(string path, TimeProvider time)
{
    // Waited for under a monitor, which does not spin: whoever would bring the next job may need this very core.
    private readonly Queue<Action> _jobs = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SqliteWriteSession? _session;
    private bool _takesNoMore;

    /// <summary>Starts the thread.</summary>
    public void Start() => new Thread(Run) { IsBackground = true, Name = "SQLite writer" }.Start();

    /// <summary>Runs a job on the thread; after a failure of the database itself the next job gets a new connection.</summary>
    public Task<T> RunAsync<T>(Func<SqliteWriteSession, T> job)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Add(() =>
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
        lock (_jobs)
        {
            _takesNoMore = true;
            Monitor.Pulse(_jobs);
        }

        return _ended.Task;
    }

    private void Add(Action job)
    {
        lock (_jobs)
        {
            if (_takesNoMore)
                throw new InvalidOperationException("The writer takes no more jobs.");
            _jobs.Enqueue(job);
            Monitor.Pulse(_jobs);
        }
    }

    private Action? Next()
    {
        lock (_jobs)
        {
            while (_jobs.Count == 0 && !_takesNoMore)
                Monitor.Wait(_jobs);
            return _jobs.TryDequeue(out var job) ? job : null;
        }
    }

    private void Run()
    {
        while (Next() is { } job)
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
