namespace SipGateway.Storage;

/// <summary>The part of a binding that every refresh changes, in a narrow table of its own.</summary>
public sealed record ContactRow
{
    /// <summary>The device; 12 lower-case hex digits.</summary>
    public required string Mac { get; init; }

    /// <summary>The binding within the device.</summary>
    public required string BindingId { get; init; }

    /// <summary>Rises whenever the binding itself changes; a refresh of an older generation is ignored.</summary>
    public required long Generation { get; init; }

    /// <summary>When it ends.</summary>
    public required DateTimeOffset ExpiresAtUtc { get; init; }

    /// <summary>When it was last heard of.</summary>
    public required DateTimeOffset LastSeenAtUtc { get; init; }

    /// <summary>From where: address and port.</summary>
    public required string Source { get; init; }
}

/// <summary>Refreshes of unchanged bindings: written in batches, a second behind, where the generation still matches.</summary>
public interface IContactStore
{
    /// <summary>Queues a refresh; a newer one for the same binding takes its place. Dropped and counted when the queue is full, or the row
    /// cannot be stored.</summary>
    void Refresh(ContactRow row);

    /// <summary>The rows of one device, those still queued included.</summary>
    Task<IReadOnlyList<ContactRow>> ReadAsync(string mac, CancellationToken cancellation);
}

/// <summary>A credential that stopped being good.</summary>
/// <param name="Edge">The edge that may hold a lease; empty for any.</param>
/// <param name="Mac">The device.</param>
/// <param name="Version">The state version that ended it.</param>
public sealed record RevocationRow(string Edge, string Mac, long Version);
