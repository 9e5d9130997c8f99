namespace SipGateway.Storage;

/// <summary>What somebody did. Commits with the state; sealed (sequence and hash chain) within a second.</summary>
public sealed record AuditRow
{
    /// <summary>The tenant concerned; empty for the gateway itself.</summary>
    public required string Tenant { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset AtUtc { get; init; }

    /// <summary>Who: <c>admin-key:ID</c>, <c>oidc:SUBJECT</c>, <c>user:ID</c>, <c>device:MAC</c>, <c>gateway</c>.</summary>
    public required string Actor { get; init; }

    /// <summary>What, such as <c>device.claim</c> or <c>device.restart</c>.</summary>
    public required string Action { get; init; }

    /// <summary>To what, such as <c>devices/001565aabbcc</c>.</summary>
    public required string Target { get; init; }

    /// <summary><c>OK</c>, or the reason of the refusal.</summary>
    public required string Outcome { get; init; }

    /// <summary>More for a person; no secret.</summary>
    public string Detail { get; init; } = "";
}

/// <summary>An audit row with its place in the chain.</summary>
/// <param name="Sequence">1, 2, 3, … without a gap over the whole gateway.</param>
/// <param name="Hash">Lower-case hex SHA-256 over the hash before and this row's content.</param>
/// <param name="Row">The row.</param>
public sealed record SealedAuditRow(long Sequence, string Hash, AuditRow Row);

/// <summary>Reads the journal, and proves it whole.</summary>
public interface IAuditReader
{
    /// <summary>One page, newest first; sealed rows only.</summary>
    /// <exception cref="ArgumentException">The page key is not from this query.</exception>
    Task<Page<SealedAuditRow>> ListAsync(AuditQuery query, CancellationToken cancellation);

    /// <summary>The same, of all of a tenant's.</summary>
    Task<Page<SealedAuditRow>> ListAsync(string tenant, int pageSize, string? pageKey, CancellationToken cancellation) =>
        ListAsync(new AuditQuery { Tenant = tenant, PageSize = pageSize, PageKey = pageKey }, cancellation);

    /// <summary>Walks the whole chain.</summary>
    /// <returns>Null when every hash follows from the one before; otherwise the first sequence number that does not.</returns>
    Task<long?> FindFirstBrokenAsync(CancellationToken cancellation);
}

/// <summary>Audit rows that no state change carries, such as a refused admin call.</summary>
public interface IAuditWriter
{
    /// <summary>Returns when the row is on disk.</summary>
    Task WriteAsync(AuditRow row, CancellationToken cancellation);
}
