using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace SipGateway.Storage;

/// <summary>
/// What a grain keeps. Everything that must become true together with the state (inventory rows, unique keys, audit rows, events,
/// due time) is attached as <see cref="Effects"/> before the write and lands in the same transaction, or nowhere.
/// </summary>
public abstract class StoredState
{
    /// <summary>
    /// The shape of this state on disk; a released shape never changes, a new one gets the next number and a golden file. A field that is new at
    /// the top needs no new number: older versions keep it as <see cref="Unknown"/>. Anything else does, and a release before that reads it.
    /// </summary>
    public abstract int SchemaVersion { get; }

    /// <summary>
    /// What a newer version wrote beside the fields that are known here: kept, and written again. While two versions run side by side a state
    /// goes back and forth between them.
    /// </summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }

    /// <summary>What the next write carries besides the state itself; taken and emptied by the storage when the write succeeded.</summary>
    [JsonIgnore]
    public StateEffects Effects { get; set; } = StateEffects.None;

    /// <summary>Makes the shape of today out of an older one, on reading; the next write stores it. Not called for a state of this
    /// schema.</summary>
    /// <param name="stored">The state as it is on disk.</param>
    /// <param name="fromSchemaVersion">The schema it was written with.</param>
    /// <returns>The state in the shape of <see cref="SchemaVersion"/>; unchanged where missing fields have good defaults.</returns>
    public virtual JsonObject Upgrade(JsonObject stored, int fromSchemaVersion) => stored;
}
