using System.Collections.Concurrent;

namespace SipGateway.Storage;

/// <summary>Connections that read beside the writer: each sees everything committed before its query began.</summary>
internal sealed class SqliteReaders(string path, int maxReaders) : IDisposable
{
    private readonly ConcurrentBag<SqliteReadSession> _idle = [];
    private readonly SemaphoreSlim _free = new(maxReaders, maxReaders);
    private volatile bool _disposed;

    /// <summary>Runs a query on a thread of the pool; at most as many at a time as there are connections.</summary>
    public async Task<T> QueryAsync<T>(Func<SqliteReadSession, T> query, CancellationToken cancellation)
    {
        await _free.WaitAsync(cancellation);
        try
        {
            return await Task.Run(() => Query(query), cancellation);
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out var session))
            session.Dispose();
    }

    private T Query<T>(Func<SqliteReadSession, T> query)
    {
        if (_disposed)
            throw new StorageFailedException("The gateway is stopping and answers no more queries. Try again when it is back.");
        var session = _idle.TryTake(out var idle) ? idle : new SqliteReadSession(SqliteFile.OpenReader(path));
        try
        {
            return query(session);
        }
        finally
        {
            if (_disposed)
                session.Dispose();
            else
                _idle.Add(session);
        }
    }
}
