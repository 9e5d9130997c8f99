using SipGateway.Storage;

namespace SipGateway.Grains;

/// <summary>The one way in which a grain commits a decision.</summary>
internal static class StorageExtensions
{
    /// <summary>
    /// Writes the next state with what travels with it. On failure the memory is what it was before; unless the failure is a taken key
    /// (nothing happened then) the
    /// activation steps aside, because it cannot know what is on disk.
    /// </summary>
    /// <exception cref="UniqueKeyTakenException">Another grain owns a key that the write wanted.</exception>
    public static async Task CommitAsync<T>(this IPersistentState<T> storage, Grain grain, T next, StateEffects effects)
        where T : StoredState
    {
        var before = storage.State;
        next.Effects = effects;
        storage.State = next;
        try
        {
            await storage.WriteStateAsync();
        }
        catch (Exception failure)
        {
            before.Effects = StateEffects.None;
            storage.State = before;
            if (TakenKey(failure) is { } taken)
            {
                throw taken;
            }

            grain.GrainContext.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationError, failure, "A write failed."));
            throw;
        }
    }

    // Orleans wraps what a storage provider throws.
    private static UniqueKeyTakenException? TakenKey(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (failure is UniqueKeyTakenException taken)
            {
                return taken;
            }
        }

        return null;
    }
}
