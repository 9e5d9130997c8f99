namespace SipGateway.Storage;

/// <summary>The exceptions of entries that did not win.</summary>
internal static class Refusals
{
    public static Exception Of(WriteVerdict verdict) => verdict switch
    {
        WriteVerdict.KeyTaken taken => new UniqueKeyTakenException(taken.UniqueKey, taken.Owner),
        WriteVerdict.Refused refused =>
            new WriteRefusedException($"The database refused the write, nothing of it happened: {refused.Reason}"),
        _ => new StorageFailedException($"The write ended in {verdict}, which cannot be."),
    };
}
