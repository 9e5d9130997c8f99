namespace SipGateway.Storage;

/// <summary>Bounds of what the storage takes; a write beyond one is refused for its caller alone.</summary>
public static class StorageLimits
{
    /// <summary>A grain's key or type, a state's name. 512: the longest key is tenant, slash and user id.</summary>
    public const int MaxKeyChars = 512;

    /// <summary>A column that lists filter and order by. 1,024: index entries stay on one page of the database.</summary>
    public const int MaxColumnChars = 1024;

    /// <summary>A sentence or an explanation. 16,384: more than a person reads.</summary>
    public const int MaxSentenceChars = 16_384;

    /// <summary>The JSON of one state, and of one operation's results. 16 MiB: an import of 100,000 rows with a result each.</summary>
    public const int MaxDocumentChars = 16 * 1024 * 1024;

    /// <summary>Rows on a page. 1,000: one answer stays below a megabyte.</summary>
    public const int MaxPageSize = 1000;
}
