using System.Collections.Immutable;

namespace SipGateway.AdminApi;

/// <summary>Pages of what a tenant holds in memory, by id.</summary>
internal static class SnapshotPages
{
    /// <summary>The page after the token's id, and the token to the next.</summary>
    public static (IReadOnlyList<T> Items, string NextToken) Cut<T>(ImmutableSortedDictionary<string, T> all, int pageSize, string token,
        string parent)
    {
        var size = PageTokens.Size(pageSize);
        var after = PageTokens.Unwrap(token, parent);
        var page = all.Where(p => after is null || all.KeyComparer.Compare(p.Key, after) > 0).Take(size + 1).ToList();
        return page.Count > size
            ? ([.. page.Take(size).Select(p => p.Value)], PageTokens.Wrap(page[size - 1].Key, parent))
            : ([.. page.Select(p => p.Value)], "");
    }
}
