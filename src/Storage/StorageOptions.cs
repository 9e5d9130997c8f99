namespace SipGateway.Storage;

/// <summary>Where and how the storage writes.</summary>
public sealed record StorageOptions
{
    /// <summary>The directory that holds the database; made when missing, used by one process at a time. Default: <c>./data</c>.</summary>
    public string DataDirectory { get; init; } = "./data";

    /// <summary>The database of a cluster; null: the embedded one in <see cref="DataDirectory"/>.</summary>
    public PostgresOptions? Postgres { get; init; }

    /// <summary>The most rows one transaction takes. Default: 500, beyond which a row gets no cheaper (measured).</summary>
    public int MaxBatchRows { get; init; } = 500;

    /// <summary>
    /// From one transaction to the next, while writers come side by side. Default: 20 ms, a twenty-fifth of the time after which a phone
    /// repeats itself (RFC 3261, T1); at a thousand writes a second it makes one transaction of twenty (measured: a seventh less CPU than 5 ms).
    /// </summary>
    public TimeSpan CommitPause { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Writes that may wait; the next one waits for room. Default: 10,000, a few seconds of work for one disk.</summary>
    public int MaxQueuedWrites { get; init; } = 10_000;

    /// <summary>Timeline events that may wait; further ones are dropped and counted. Default: 10,000.</summary>
    public int MaxQueuedEvents { get; init; } = 10_000;

    /// <summary>Bindings with a refresh that waits; refreshes of further ones are dropped and counted. Default: 500,000.</summary>
    public int MaxQueuedContacts { get; init; } = 500_000;

    /// <summary>How long timeline events wait for company. Default: 0.5 s.</summary>
    public TimeSpan EventFlushDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How often refreshes are written. Default: 1 s.</summary>
    public TimeSpan ContactFlushPeriod { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often committed audit rows are sealed. Default: 0.5 s, so that a row is sealed within a second.</summary>
    public TimeSpan AuditSealPeriod { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long timeline events are kept. Default: 30 days.</summary>
    public TimeSpan KeepEvents { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long the change feed reaches back; who was away longer reads everything anew. Default: 1 day.</summary>
    public TimeSpan KeepChanges { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How long revocations are kept; far longer than an edge may trust a lease unread. Default: 7 days.</summary>
    public TimeSpan KeepRevocations { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Whether this process seals audit rows and prunes journals. Default: yes; silos do, other processes of a cluster have no role
    /// that may.</summary>
    public bool DoesUpkeep { get; init; } = true;

    /// <summary>Connections that read side by side. Default: 4.</summary>
    public int MaxReaders { get; init; } = 4;

    /// <summary>Every error of these options, for a person; empty when they are good.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        errors.AddRange(Postgres?.Validate() ?? []);
        if (string.IsNullOrWhiteSpace(DataDirectory))
            errors.Add("DataDirectory is empty: name the directory that holds the database.");
        AtLeastOne(errors, nameof(MaxBatchRows), MaxBatchRows);
        AtLeastOne(errors, nameof(MaxQueuedWrites), MaxQueuedWrites);
        AtLeastOne(errors, nameof(MaxQueuedEvents), MaxQueuedEvents);
        AtLeastOne(errors, nameof(MaxQueuedContacts), MaxQueuedContacts);
        AtLeastOne(errors, nameof(MaxReaders), MaxReaders);
        Positive(errors, nameof(CommitPause), CommitPause);
        Positive(errors, nameof(EventFlushDelay), EventFlushDelay);
        Positive(errors, nameof(ContactFlushPeriod), ContactFlushPeriod);
        Positive(errors, nameof(AuditSealPeriod), AuditSealPeriod);
        AtLeastAnHour(errors, nameof(KeepEvents), KeepEvents);
        AtLeastAnHour(errors, nameof(KeepChanges), KeepChanges);
        AtLeastAnHour(errors, nameof(KeepRevocations), KeepRevocations);
        return errors;
    }

    private static void AtLeastAnHour(List<string> errors, string name, TimeSpan value)
    {
        if (value < TimeSpan.FromHours(1))
            errors.Add($"{name} is {value}: it must be at least an hour.");
    }

    private static void AtLeastOne(List<string> errors, string name, int value)
    {
        if (value < 1)
            errors.Add($"{name} is {value}: it must be at least 1.");
    }

    private static void Positive(List<string> errors, string name, TimeSpan value)
    {
        if (value <= TimeSpan.Zero || value > TimeSpan.FromMinutes(1))
            errors.Add($"{name} is {value}: it must be more than nothing and at most a minute.");
    }
}
