namespace SipGateway.Storage;

/// <summary>A grain that asked to be called at a time that has come.</summary>
/// <param name="GrainType">The grain's type name, such as <c>device</c>.</param>
/// <param name="Key">The grain's key.</param>
/// <param name="DueAtUtc">When it wanted to be called.</param>
public sealed record DueGrain(string GrainType, string Key, DateTimeOffset DueAtUtc);

/// <summary>Finds due work by an index; at least once, so a grain that is called moves its due time by a write.</summary>
public interface IDueReader
{
    /// <summary>How many shards due rows are spread over.</summary>
    const int ShardCount = 64;

    /// <summary>The longest overdue grains of these shards.</summary>
    Task<IReadOnlyList<DueGrain>> ReadAsync(IReadOnlyCollection<int> shards, DateTimeOffset now, int limit, CancellationToken cancellation);
}
