using System.Text;

namespace SipGateway.Storage;

/// <summary>Spreads due grains over the shards; stored, so it never changes.</summary>
internal static class DueShard
{
    /// <summary>FNV-1a over type and key.</summary>
    public static int Of(string grainType, string key)
    {
        var hash = 2166136261u;
        foreach (var b in Encoding.UTF8.GetBytes(grainType + "/" + key))
            hash = unchecked((hash ^ b) * 16777619u);
        return (int)(hash % IDueReader.ShardCount);
    }
}
