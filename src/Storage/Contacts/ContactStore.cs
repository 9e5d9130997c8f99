using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace SipGateway.Storage;

/// <summary>Refreshes of unchanged bindings: at most a second behind, and overlaid on what is read meanwhile.</summary>
internal sealed partial class ContactStore(
    IStorageEngine engine, GroupCommit commit, StorageOptions options, TimeProvider time, StorageMetrics metrics,
        ILogger<ContactStore> logger) : IContactStore
{
    private readonly ContactQueue _queue = new(options.MaxQueuedContacts);
    private PeriodicWork? _work;

    public void Refresh(ContactRow row)
    {
        if (!EntryRules.Accepts(row) || !_queue.TryAdd(row))
            metrics.Dropped("contacts");
    }

    public async Task<IReadOnlyList<ContactRow>> ReadAsync(string mac, CancellationToken cancellation)
    {
        // The queue first: what reaches the disk in between is then in both, never in neither.
        var queued = Queued(mac);
        var rows = await engine.ReadContactsAsync(mac, cancellation);
        return [.. rows.Select(row => Newest(row, queued))];
    }

    /// <summary>The refreshes of one device that are not known to be on disk.</summary>
    public ImmutableArray<ContactRow> Queued(string mac) => _queue.Of(mac);

    /// <summary>A row with what came after it.</summary>
    public static ContactRow Newest(ContactRow row, ImmutableArray<ContactRow> queued) => queued
        .Where(refresh => refresh.BindingId == row.BindingId && refresh.Generation == row.Generation)
        .Aggregate(row, (newest, refresh) => ContactQueue.IsNewer(refresh, newest) ? refresh : newest);

    public void Start()
    {
        _work = new PeriodicWork(options.ContactFlushPeriod, time, FlushAsync);
        _work.Start();
    }

    public Task StopAsync() => _work?.StopAsync() ?? Task.CompletedTask;

    private async Task FlushAsync()
    {
        var rows = _queue.BeginWriting();
        if (rows.IsEmpty)
            return;
        var written = false;
        try
        {
            // Sorted: neighbours share a page of the table.
            await commit.WriteAsync(new ContactsEntry(rows.Sort((a, b) => string.CompareOrdinal(a.Mac, b.Mac))));
            written = true;
        }
        catch (Exception exception) when (exception is StorageFailedException or WriteOutcomeUnknownException)
        {
            LogRefreshesWait(logger, rows.Length, exception.Message);
        }
        finally
        {
            _queue.EndWriting(written);
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning,
        Message = "{Rows} refreshes could not be written and wait for the next try: {Reason}")]
    private static partial void LogRefreshesWait(ILogger logger, int rows, string reason);
}
