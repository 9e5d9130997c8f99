namespace SipGateway.Storage;

/// <summary>A state as it is on disk.</summary>
/// <param name="Version">Rises by one with every write, also over a tombstone.</param>
/// <param name="Json">Null for a tombstone.</param>
internal sealed record StoredDocument(long Version, string? Json);

/// <summary>What a database does for the storage; one for SQLite, one for PostgreSQL.</summary>
internal interface IStorageEngine
{
    /// <summary>Opens the database and brings its schema up to date.</summary>
    /// <exception cref="StorageStartException">It cannot be used; the message says why and what to do.</exception>
    Task OpenAsync(CancellationToken cancellation);

    /// <summary>Closes it; everything committed is on disk.</summary>
    Task CloseAsync();

    /// <summary>Reads one state; null when there never was one.</summary>
    Task<StoredDocument?> ReadStateAsync(StateKey key, CancellationToken cancellation);

    /// <summary>
    /// Writes a batch in one transaction: at most one entry per key, sorted by key. An entry that fails is isolated and leaves
    /// nothing behind; the verdicts are in the order of the entries, and are on disk when this returns.
    /// </summary>
    /// <exception cref="StorageFailedException">Nothing of the batch is on disk.</exception>
    /// <exception cref="WriteOutcomeUnknownException">The batch may or may not be on disk.</exception>
    Task<WriteVerdict[]> CommitAsync(IReadOnlyList<WriteEntry> entries);

    /// <summary>Seals the oldest unsealed audit rows.</summary>
    /// <returns>How many were sealed; fewer than the limit when none is left.</returns>
    Task<int> SealAuditAsync(int limit);

    /// <summary>Deletes the oldest rows of the journals that are not kept forever: events, changes, revocations from before these
    /// times.</summary>
    /// <returns>How many went; fewer than the limit when none is left.</returns>
    Task<int> PruneAsync(DateTimeOffset eventsBefore, DateTimeOffset changesBefore, DateTimeOffset revocationsBefore, int limit);

    /// <summary>Adds samples where there are none of the same tenant and time, and forgets those from before a time.</summary>
    /// <returns>How many were added.</returns>
    Task<int> AddFleetSamplesAsync(IReadOnlyList<FleetSample> samples, DateTimeOffset keptSince);

    /// <summary>The bindings of one device.</summary>
    Task<IReadOnlyList<(string Json, ContactRow Contact)>> ReadBindingsAsync(string mac, CancellationToken cancellation);

    /// <summary>The contact rows of one device.</summary>
    Task<IReadOnlyList<ContactRow>> ReadContactsAsync(string mac, CancellationToken cancellation);
}
