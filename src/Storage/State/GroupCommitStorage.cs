using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace SipGateway.Storage;

/// <summary>
/// The Orleans storage provider <see cref="StorageNames.Provider"/>. The etag is the state's version as text; a deleted state leaves a
/// tombstone that keeps it, so that no stale writer raises the dead.
/// </summary>
internal sealed class GroupCommitStorage(IStorageEngine engine, GroupCommit commit) : IGrainStorage
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var type = StateType<T>();
        var key = StateKey.Of(stateName, grainId);
        var document = await engine.ReadStateAsync(key, CancellationToken.None);
        grainState.State = document?.Json is { } json ? (T)(object)StateJson.Read(type, json, key) : Activator.CreateInstance<T>();
        grainState.RecordExists = document?.Json is not null;
        grainState.ETag = document is null ? null : Etags.Of(document.Version);
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        StateType<T>();
        var state = (StoredState)(object)grainState.State!;
        grainState.ETag = Etags.Of(await WriteAsync(StateKey.Of(stateName, grainId), grainState.ETag, StateJson.Write(state), state));
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        StateType<T>();
        var state = (StoredState)(object)grainState.State!;
        var version = await WriteAsync(StateKey.Of(stateName, grainId), grainState.ETag, json: null, state);
        grainState.State = Activator.CreateInstance<T>();
        grainState.ETag = version == 0 ? null : Etags.Of(version);
        grainState.RecordExists = false;
    }

    private async Task<long> WriteAsync(StateKey key, string? etag, string? json, StoredState state)
    {
        // Taken now, so that what an interleaved call attaches meanwhile belongs to the next write.
        var effects = state.Effects;
        state.Effects = StateEffects.None;
        try
        {
            var verdict = await commit.WriteAsync(new StateEntry(key, Etags.VersionOf(etag), json, effects));
            return verdict is WriteVerdict.Won won ? won.Version : throw Refusals.Of(verdict, key, etag);
        }
        catch
        {
            state.Effects = effects.With(state.Effects);
            throw;
        }
    }

    private static Type StateType<T>() => typeof(T).IsAssignableTo(typeof(StoredState))
        ? typeof(T)
        : throw new WriteRefusedException($"{typeof(T).Name} does not derive from {nameof(StoredState)}: this storage cannot keep it.");
}
