namespace SipGateway.Storage;

/// <summary>A revocation with its place in the order.</summary>
/// <param name="Sequence">Rises; gaps are possible, order is not lost.</param>
/// <param name="Row">What stopped being good.</param>
/// <param name="AtUtc">When.</param>
public sealed record Revocation(long Sequence, RevocationRow Row, DateTimeOffset AtUtc);

/// <summary>Revocations for edges to follow.</summary>
public interface IRevocationReader
{
    /// <summary>Revocations for an edge, those for any edge included, after a sequence number, oldest first.</summary>
    Task<IReadOnlyList<Revocation>> ReadAsync(string edge, long afterSequence, int limit, CancellationToken cancellation);

    /// <summary>The newest sequence number; 0 when there is none. Where an edge that holds no lease yet starts to follow.</summary>
    Task<long> ReadNewestSequenceAsync(CancellationToken cancellation);
}
