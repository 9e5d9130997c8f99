using System.Collections.Concurrent;
using Npgsql;

namespace SipGateway.Storage;

/// <summary>Look-ups by key that join the next query: while one runs, those that come wait and are asked together.</summary>
/// <param name="source">Connections.</param>
/// <param name="query">Asks for a set of keys; results in the order of the keys.</param>
internal sealed class PostgresReads<TKey, TResult>(
    NpgsqlDataSource source, Func<NpgsqlConnection, IReadOnlyList<TKey>, Task<TResult[]>> query) : IAsyncDisposable
{
    // Beyond, a row gets no cheaper, and who waits waits longer.
    private const int MaxKeysAtOnce = 200;

    private readonly ConcurrentQueue<(TKey Key, TaskCompletionSource<TResult> Completion)> _waiting = new();
    private readonly PostgresSession _session = new(source);
    private int _isRunning;

    /// <summary>Looks one key up.</summary>
    /// <exception cref="StorageFailedException">The database did not answer.</exception>
    public Task<TResult> ReadAsync(TKey key, CancellationToken cancellation)
    {
        var completion = new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Enqueue((key, completion));
        if (Interlocked.CompareExchange(ref _isRunning, 1, 0) == 0)
            _ = RunAsync();
        return completion.Task.WaitAsync(cancellation);
    }

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    private async Task RunAsync()
    {
        do
        {
            while (Take() is { Count: > 0 } asked)
                await AnswerAsync(asked);
            Volatile.Write(ref _isRunning, 0);
        }
        while (!_waiting.IsEmpty && Interlocked.CompareExchange(ref _isRunning, 1, 0) == 0);
    }

    private List<(TKey Key, TaskCompletionSource<TResult> Completion)> Take()
    {
        var asked = new List<(TKey, TaskCompletionSource<TResult>)>();
        while (asked.Count < MaxKeysAtOnce && _waiting.TryDequeue(out var one))
            asked.Add(one);
        return asked;
    }

    private async Task AnswerAsync(List<(TKey Key, TaskCompletionSource<TResult> Completion)> asked)
    {
        try
        {
            var results = await query(await _session.GetAsync(CancellationToken.None), asked.ConvertAll(one => one.Key));
            for (var i = 0; i < results.Length; i++)
                asked[i].Completion.SetResult(results[i]);
        }
        catch (Exception exception)
        {
            await _session.ForgetAsync();
            var told = PostgresErrors.IsOfDatabase(exception) ? PostgresErrors.NotRead(exception) : exception;
            foreach (var (_, completion) in asked)
                completion.TrySetException(told);
        }
    }
}
