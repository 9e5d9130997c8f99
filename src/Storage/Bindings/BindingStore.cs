using System.Collections.Immutable;
using Orleans.Runtime;

namespace SipGateway.Storage;

/// <summary>Bindings out of their rows, and into them by group commit.</summary>
internal sealed class BindingStore(IStorageEngine engine, GroupCommit commit, ContactStore contacts) : IBindingStore
{
    public async Task<ImmutableArray<ReadBinding<T>>> ReadAsync<T>(string mac, CancellationToken cancellation)
        where T : StoredState
    {
        // The queue first: what reaches the disk in between is then in both, never in neither.
        var queued = contacts.Queued(mac);
        var rows = await engine.ReadBindingsAsync(mac, cancellation);
        return [.. rows.Select(row => new ReadBinding<T>(
            (T)StateJson.Read(typeof(T), row.Json, new StateKey("binding", mac, row.Contact.BindingId)),
            ContactStore.Newest(row.Contact, queued)))];
    }

    public async Task WriteAsync(GrainId grain, string stateName, string? etag, StateEffects effects)
    {
        var key = StateKey.Of(stateName, grain);
        var verdict = await commit.WriteAsync(new EffectsEntry(key, Etags.VersionOf(etag), effects));
        if (verdict is not WriteVerdict.Won) throw Refusals.Of(verdict, key, etag);
    }
}
