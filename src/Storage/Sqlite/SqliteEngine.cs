using System.Data.Common;

namespace SipGateway.Storage;

/// <summary>SQLite in the data directory: one process, one writer, readers beside it.</summary>
internal sealed class SqliteEngine(StorageOptions options, TimeProvider time) : IStorageEngine, IReadRows
{
    private readonly string _directory = Path.GetFullPath(options.DataDirectory);
    private DataDirectoryLock? _lock;
    private SqliteWriter? _writer;
    private SqliteReaders? _readers;

    /// <summary>The reading connections.</summary>
    /// <exception cref="StorageFailedException">The storage is not open.</exception>
    public SqliteReaders Readers => _readers ?? throw NotOpen();

    /// <summary>The writing connection.</summary>
    /// <exception cref="StorageFailedException">The storage is not open.</exception>
    public SqliteWriter Writer => _writer ?? throw NotOpen();

    public SqlDialect Dialect { get; } = new SqliteDialect();

    public async Task OpenAsync(CancellationToken cancellation)
    {
        _lock = DataDirectoryLock.Take(_directory);
        var path = Path.Combine(_directory, SqliteFile.FileName);
        try
        {
            SqliteFile.EnsurePrivate(path);
            _writer = new SqliteWriter(path, time);
            _writer.Start();
            await _writer.RunAsync(session =>
            {
                SqliteMigrations.Apply(session.Connection, path, time.GetUtcNow());
                return true;
            });
            _readers = new SqliteReaders(path, options.MaxReaders);
        }
        catch (Exception exception)
        {
            await CloseAsync();
            if (exception is not (StorageFailedException or IOException or UnauthorizedAccessException))
                throw;
            throw new StorageStartException($"The database {path} cannot be opened: {exception.Message}", exception);
        }
    }

    public async Task CloseAsync()
    {
        _readers?.Dispose();
        if (_writer is not null)
            await _writer.StopAsync();

        _lock?.Dispose();
        (_readers, _writer, _lock) = (null, null, null);
    }

    public Task<StoredDocument?> ReadStateAsync(StateKey key, CancellationToken cancellation) =>
        Readers.QueryAsync(session => session.ReadState(key), cancellation);

    public Task<WriteVerdict[]> CommitAsync(IReadOnlyList<WriteEntry> entries) => Writer.RunAsync(session =>
        session.InOneTransaction(() => entries.Select(entry => session.Isolated(() => Write(session, entry))).ToArray()));

    public Task<int> SealAuditAsync(int limit) => Writer.RunAsync(session => session.InOneTransaction(() => session.Sealing.Seal(limit)));

    public Task<int> PruneAsync(DateTimeOffset eventsBefore, DateTimeOffset changesBefore, DateTimeOffset revocationsBefore, int limit) =>
        Writer.RunAsync(session => session.InOneTransaction(() =>
        {
            // One limit for the three, so that "fewer than the limit" means that all are done.
            var events = session.Journals.PruneEvents(eventsBefore, limit);
            var changes = session.Journals.PruneChanges(changesBefore, limit - events);
            return events + changes + session.Journals.PruneRevocations(revocationsBefore, limit - events - changes);
        }));

    public Task<int> AddFleetSamplesAsync(IReadOnlyList<FleetSample> samples, DateTimeOffset keptSince) =>
        Writer.RunAsync(session => session.InOneTransaction(() => session.Journals.AddSamples(samples, keptSince)));

    public async Task<IReadOnlyList<(string Json, ContactRow Contact)>> ReadBindingsAsync(string mac, CancellationToken cancellation) =>
        await Readers.QueryAsync(session => session.ReadBindings(mac), cancellation);

    public async Task<IReadOnlyList<ContactRow>> ReadContactsAsync(string mac, CancellationToken cancellation) =>
        await Readers.QueryAsync(session => session.ReadContacts(mac), cancellation);

    public Task<List<T>> ReadAsync<T>(string sql, Func<DbDataReader, T> row, CancellationToken cancellation, params object?[] values) =>
        Readers.QueryAsync(session => session.Read(sql, row, values), cancellation);

    private static WriteVerdict Write(SqliteWriteSession session, WriteEntry entry)
    {
        switch (entry)
        {
            case StateEntry state:
                return session.States.Write(state, session.Journals, session.UtcNow);
            case EffectsEntry effects:
                return session.States.Write(effects, session.Journals, session.UtcNow);
            case AuditEntry audit:
                session.Journals.WriteAudit(audit.Rows);
                break;
            case EventsEntry events:
                session.Journals.WriteEvents(events.Rows);
                break;
            case ContactsEntry contacts:
                session.Journals.Refresh(contacts.Rows);
                break;
        }

        return new WriteVerdict.Won(0);
    }

    private static StorageFailedException NotOpen() =>
        new("The storage is not open. It opens when the host starts and closes when it has stopped.");
}
