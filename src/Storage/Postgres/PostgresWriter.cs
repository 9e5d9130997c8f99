using Npgsql;

namespace SipGateway.Storage;

/// <summary>
/// Writes batches: one transaction, one statement per table, two round trips. Where an entry cannot win, the batch is undone and split
/// until that entry is alone and can be told why; the others are not hurt.
/// </summary>
internal sealed class PostgresWriter(NpgsqlDataSource source, TimeProvider time) : IAsyncDisposable
{
    // Deadlocks and rows that others hold are over in milliseconds; what is not is somebody's fault.
    private const int MaxTries = 3;
    private static readonly TimeSpan TryPause = TimeSpan.FromMilliseconds(20);

    private readonly PostgresSession _session = new(source);

    private enum Outcome
    {
        Won,
        Lost,
        Refused,
        InTheWay,
        Failed,
    }

    /// <summary>See <see cref="IStorageEngine.CommitAsync"/>; what failed with the database is a verdict, because parts of a batch that was
    /// split may be on disk already.</summary>
    public async Task<WriteVerdict[]> CommitAsync(IReadOnlyList<WriteEntry> entries)
    {
        var verdicts = new WriteVerdict[entries.Count];
        await CommitAsync(new ArraySegment<WriteEntry>([.. entries]), verdicts);
        return verdicts;
    }

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    /// <returns>Null; or the failure of the database itself, which the rest of the batch need not try.</returns>
    private async Task<Exception?> CommitAsync(ArraySegment<WriteEntry> entries, Memory<WriteVerdict> verdicts)
    {
        for (var tries = 1;; tries++)
        {
            var (outcome, failure) = await TryAsync(entries);
            if (outcome == Outcome.Won)
                return Tell(entries, verdicts, entry => new WriteVerdict.Won(PostgresBatch.VersionAfter(entry)));
            if (outcome == Outcome.Failed)
                return Tell(entries, verdicts, _ => new WriteVerdict.Failed(failure!), failure);
            if (outcome == Outcome.InTheWay && tries < MaxTries)
                await Task.Delay(TryPause, time);
            else if (entries.Count > 1)
                return await SplitAsync(entries, verdicts);
            else if (outcome == Outcome.Refused)
                return Tell(entries, verdicts, _ => new WriteVerdict.Refused(((PostgresException)failure!).MessageText));
            else if (outcome == Outcome.Lost && await FindWhyAsync(entries[0]) is { } verdict)
                return Tell(entries, verdicts, _ => verdict);
            else if (tries >= MaxTries)
                return Tell(entries, verdicts, _ => new WriteVerdict.Failed(PostgresErrors.Failed(failure ?? NeverStill(entries[0]))));
        }
    }

    private async Task<Exception?> SplitAsync(ArraySegment<WriteEntry> entries, Memory<WriteVerdict> verdicts)
    {
        var half = entries.Count / 2;
        var failure = await CommitAsync(entries[..half], verdicts[..half]);
        return failure is null
            ? await CommitAsync(entries[half..], verdicts[half..])
            : Tell(entries[half..], verdicts[half..], _ => new WriteVerdict.Failed(failure), failure);
    }

    private async Task<(Outcome Outcome, Exception? Failure)> TryAsync(IEnumerable<WriteEntry> entries)
    {
        var isCommitting = false;
        try
        {
            var connection = await _session.GetAsync(CancellationToken.None);
            await using var transaction = await connection.BeginTransactionAsync();
            if (!await ExecuteAsync(connection, [.. new PostgresBatch(entries, time.GetUtcNow()).Statements]))
            {
                await transaction.RollbackAsync();
                return (Outcome.Lost, null);
            }

            isCommitting = true;
            await transaction.CommitAsync();
            return (Outcome.Won, null);
        }
        catch (PostgresException exception) when (PostgresErrors.IsOfOneEntry(exception))
        {
            return (Outcome.Refused, exception);
        }
        catch (PostgresException exception) when (PostgresErrors.IsInTheWay(exception))
        {
            return (Outcome.InTheWay, exception);
        }
        catch (Exception exception) when (PostgresErrors.IsOfDatabase(exception))
        {
            await _session.ForgetAsync();
            // An answer of the server is certain, unless it is its goodbye.
            var isCertain = !isCommitting || exception is PostgresException { SqlState: not ['5', '7', 'P', ..] };
            return (Outcome.Failed, isCertain ? PostgresErrors.Failed(exception) : PostgresErrors.Unknown(exception));
        }
    }

    private static async Task<bool> ExecuteAsync(NpgsqlConnection connection, RowSet[] statements)
    {
        await using var batch = connection.CreateBatch();
        foreach (var statement in statements)
            batch.BatchCommands.Add(statement.ToCommand());
        await batch.ExecuteNonQueryAsync();
        for (var i = 0; i < statements.Length; i++)
        {
            if (statements[i].Expected is { } expected && batch.BatchCommands[i].Rows != expected)
                return false;
        }

        return true;
    }

    private async Task<WriteVerdict?> FindWhyAsync(WriteEntry entry)
    {
        try
        {
            return await PostgresLosses.FindAsync(await _session.GetAsync(CancellationToken.None), entry);
        }
        catch (Exception exception) when (PostgresErrors.IsOfDatabase(exception))
        {
            await _session.ForgetAsync();
            return new WriteVerdict.Failed(PostgresErrors.Failed(exception));
        }
    }

    private static Exception? Tell(
        ArraySegment<WriteEntry> entries, Memory<WriteVerdict> verdicts, Func<WriteEntry, WriteVerdict> verdict, Exception? failure = null)
    {
        for (var i = 0; i < entries.Count; i++)
            verdicts.Span[i] = verdict(entries[i]);
        return failure;
    }

    private static TimeoutException NeverStill(WriteEntry entry) => new($"the rows of {entry.Key} change all the time");
}
