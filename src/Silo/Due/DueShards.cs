using System.IO.Hashing;
using System.Text;
using SipGateway.Storage;

namespace SipGateway.Silo;

/// <summary>Which silo looks after which shards of due work: pure.</summary>
internal static class DueShards
{
    /// <summary>
    /// The shards of one silo by highest random weight: every silo computes the same without asking, and when one goes only its own shards move.
    /// While silos disagree about who is alive a shard has two readers or none for a moment; grains bear the one, and the next poll ends the other.
    /// </summary>
    public static int[] Of(string self, IReadOnlyCollection<string> silos) =>
        [.. Enumerable.Range(0, IDueReader.ShardCount).Where(shard => Owner(shard, silos) == self)];

    private static string? Owner(int shard, IReadOnlyCollection<string> silos) => silos
        .OrderByDescending(silo => XxHash64.HashToUInt64(Encoding.UTF8.GetBytes($"{silo}/{shard}")))
        .ThenBy(silo => silo, StringComparer.Ordinal)
        .FirstOrDefault();
}
