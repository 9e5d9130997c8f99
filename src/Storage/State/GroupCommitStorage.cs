using System.Globalization;
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
        var key = KeyOf(stateName, grainId);
        var document = await engine.ReadStateAsync(key, CancellationToken.None);
        grainState.State = document?.Json is { } json ? (T)(object)StateJson.Read(type, json, key) : Activator.CreateInstance<T>();
        grainState.RecordExists = document?.Json is not null;
        grainState.ETag = document is null ? null : EtagOf(document.Version);
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        StateType<T>();
        var state = (StoredState)(object)grainState.State!;
        grainState.ETag = EtagOf(await WriteAsync(KeyOf(stateName, grainId), grainState.ETag, StateJson.Write(state), state));
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        StateType<T>();
        var state = (StoredState)(object)grainState.State!;
        var version = await WriteAsync(KeyOf(stateName, grainId), grainState.ETag, json: null, state);
        grainState.State = Activator.CreateInstance<T>();
        grainState.ETag = version == 0 ? null : EtagOf(version);
        grainState.RecordExists = false;
    }

    private async Task<long> WriteAsync(StateKey key, string? etag, string? json, StoredState state)
    {
        // Taken now, so that what an interleaved call attaches meanwhile belongs to the next write.
        var effects = state.Effects;
        state.Effects = StateEffects.None;
        try
        {
            var verdict = await commit.WriteAsync(new StateEntry(key, VersionOf(etag), json, effects));
            return verdict switch
            {
                WriteVerdict.Won won => won.Version,
                WriteVerdict.VersionLost lost => throw new InconsistentStateException(
                    $"The state {key} was written by another activation meanwhile.", EtagOf(lost.StoredVersion), etag ?? ""),
                _ => throw Refusals.Of(verdict),
            };
        }
        catch
        {
            state.Effects = effects.With(state.Effects);
            throw;
        }
    }

    private static StateKey KeyOf(string stateName, GrainId grainId) => new(grainId.Type.ToString()!, grainId.Key.ToString()!, stateName);

    private static string EtagOf(long version) => version.ToString(CultureInfo.InvariantCulture);

    private static long VersionOf(string? etag) =>
        string.IsNullOrEmpty(etag) ? 0 : long.Parse(etag, NumberStyles.None, CultureInfo.InvariantCulture);

    private static Type StateType<T>() => typeof(T).IsAssignableTo(typeof(StoredState))
        ? typeof(T)
        : throw new WriteRefusedException($"{typeof(T).Name} does not derive from {nameof(StoredState)}: this storage cannot keep it.");
}
