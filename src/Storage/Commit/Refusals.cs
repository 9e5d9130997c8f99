using Orleans.Storage;

namespace SipGateway.Storage;

/// <summary>The exceptions of entries that did not win.</summary>
internal static class Refusals
{
    public static Exception Of(WriteVerdict verdict, StateKey key, string? etag) => verdict is WriteVerdict.VersionLost lost
        ? new InconsistentStateException(
            $"The state {key} was written by another activation meanwhile.", Etags.Of(lost.StoredVersion), etag ?? "")
        : Of(verdict);

    public static Exception Of(WriteVerdict verdict) => verdict switch
    {
        WriteVerdict.KeyTaken taken => new UniqueKeyTakenException(taken.UniqueKey, taken.Owner),
        WriteVerdict.Refused refused =>
            new WriteRefusedException($"The database refused the write, nothing of it happened: {refused.Reason}"),
        _ => new StorageFailedException($"The write ended in {verdict}, which cannot be."),
    };
}
