namespace SipGateway.AdminApi;

/// <summary>Bounds of the admins' side, each with its reason.</summary>
internal static class AdminApiLimits
{
    /// <summary>Page size when none is asked for: a screenful or two.</summary>
    public const int DefaultPageSize = 50;

    /// <summary>Larger page sizes are coerced to this (AIP-158): what the inventory reads in one go.</summary>
    public const int MaxPageSize = 1000;

    /// <summary>Values told of a counted field when no number is asked for: what a person takes in.</summary>
    public const int DefaultCountedValues = 20;

    /// <summary>More are coerced to this: phones can say any firmware, and an answer must not grow with the fleet.</summary>
    public const int MaxCountedValues = 100;

    /// <summary>
    /// How long a count over the fleet is kept for who asks the same: half a second's work for the database at 200,000 devices, and no person sees a
    /// difference, for the time of the count is told.
    /// </summary>
    public static readonly TimeSpan CountLifetime = TimeSpan.FromSeconds(5);

    /// <summary>Counts that are kept: far more than pages count different things, and some hundred kilobytes.</summary>
    public const int MaxKeptCounts = 200;

    /// <summary>Rows of an import: a large site, and an operation that still fits one state.</summary>
    public const int MaxImportRows = 10_000;

    /// <summary>Characters of an import: 10,000 rows with the longest location, quoted.</summary>
    public const int MaxImportChars = 4 * 1024 * 1024;

    /// <summary>Devices of a batch (AIP-231).</summary>
    public const int MaxBatchItems = 1000;

    /// <summary>Grain calls of one batch that run at a time, so that one admin does not crowd out phones.</summary>
    public const int BatchParallelism = 16;

    /// <summary>Callers that watch devices at one time: fifty open pages, and as many programs again, ten times.</summary>
    public const int MaxWatches = 1000;

    /// <summary>Changes read at one time: ten seconds' of a busy gateway.</summary>
    public const int MaxChangesAtOnce = 5000;

    /// <summary>Changes that a resumed watch may have missed; beyond it the whole list is quicker.</summary>
    public const int MaxChangesMissed = 20_000;

    /// <summary>Readings of the feed that wait for one slow caller: half a minute's.</summary>
    public const int MaxNewsWaiting = 64;

    /// <summary>How often a watch in which nothing happens is given a new resume token.</summary>
    public static readonly TimeSpan WatchTokenPause = TimeSpan.FromMinutes(1);

    /// <summary>How long a resume token is good: far less than changes are kept.</summary>
    public static readonly TimeSpan WatchTokenLifetime = TimeSpan.FromMinutes(15);

    /// <summary>Characters of a filter: far above what a person types.</summary>
    public const int MaxFilterChars = 1000;

    /// <summary>Terms of a filter: each is a condition for the database.</summary>
    public const int MaxFilterTerms = 10;

    /// <summary>Characters of a request id: a UUID with room for a prefix.</summary>
    public const int MaxRequestIdChars = 128;

    /// <summary>Characters of a location, as the claim's contract says.</summary>
    public const int MaxLocationChars = 200;

    /// <summary>Tags of one request: more than twice what a device can have.</summary>
    public const int MaxTags = 50;

    /// <summary>Characters of an id of a policy or site, and of a user.</summary>
    public const int MaxIdChars = 100;

    /// <summary>Characters of a display name: more fits on no screen.</summary>
    public const int MaxDisplayNameChars = 200;

    /// <summary>Characters of an access token: what fits a request's headers, with some hundred groups in it.</summary>
    public const int MaxTokenChars = 16 * 1024;

    /// <summary>Wait of <c>:wait</c> when none is given.</summary>
    public static readonly TimeSpan DefaultOperationWait = TimeSpan.FromSeconds(30);

    /// <summary>Longest <c>:wait</c>: proxies cut longer ones.</summary>
    public static readonly TimeSpan MaxOperationWait = TimeSpan.FromMinutes(5);

    /// <summary>Refusals that wait for the journal; more are counted and dropped, so that nobody fills memory by being refused.</summary>
    public const int MaxQueuedRefusals = 256;
}
