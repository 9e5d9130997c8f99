namespace SipGateway.Storage;

/// <summary>What became of one entry of a batch that was committed.</summary>
internal abstract record WriteVerdict
{
    /// <summary>On disk, at this version (0 where there is none).</summary>
    public sealed record Won(long Version) : WriteVerdict;

    /// <summary>Somebody else wrote in between; 0 when there is no row.</summary>
    public sealed record VersionLost(long StoredVersion) : WriteVerdict;

    /// <summary>A unique key is another's.</summary>
    public sealed record KeyTaken(UniqueKey UniqueKey, string Owner) : WriteVerdict;

    /// <summary>The entry broke a rule of the database.</summary>
    public sealed record Refused(string Reason) : WriteVerdict;

    /// <summary>The database failed with it: not on disk, or not known to be.</summary>
    public sealed record Failed(Exception Exception) : WriteVerdict;
}
