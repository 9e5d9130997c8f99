namespace SipGateway.Storage;

/// <summary>What all pages have in common.</summary>
internal static class PageRules
{
    /// <exception cref="ArgumentException">The size is out of bounds.</exception>
    public static void CheckSize(int pageSize)
    {
        if (pageSize is < 1 or > StorageLimits.MaxPageSize)
            throw new ArgumentException($"The page size is {pageSize}: it must be from 1 to {StorageLimits.MaxPageSize}.",
                nameof(pageSize));
    }

    /// <summary>Makes a page of rows that were read with one to spare: the spare one says that there is a next page.</summary>
    public static Page<T> Cut<T>(List<T> rows, int pageSize, Func<T, string> keyOf) =>
        new([.. rows.Take(pageSize)], rows.Count > pageSize ? keyOf(rows[pageSize - 1]) : null);
}
