namespace SipGateway.Storage;

/// <summary>One change of a state, in commit order.</summary>
/// <param name="Sequence">Rises; gaps are possible, order is not lost.</param>
/// <param name="GrainType">The grain's type name.</param>
/// <param name="Key">The grain's key.</param>
/// <param name="Version">The state's version after it.</param>
/// <param name="AtUtc">When.</param>
public sealed record Change(long Sequence, string GrainType, string Key, long Version, DateTimeOffset AtUtc);

/// <summary>What changed, for those who follow.</summary>
public interface IChangeFeed
{
    /// <summary>Changes after a sequence number, oldest first; empty when there are none yet.</summary>
    Task<IReadOnlyList<Change>> ReadAsync(long afterSequence, int limit, CancellationToken cancellation);

    /// <summary>A sequence number that every change so far is at or below, and every later one above. Where one starts to follow.</summary>
    Task<long> ReadNewestSequenceAsync(CancellationToken cancellation);
}
