using System.Collections.Immutable;
using Orleans.Runtime;

namespace SipGateway.Storage;

/// <summary>One binding of a device: a row of its own, so that a phone that moves rewrites nothing else of its device.</summary>
public sealed record BindingRow
{
    /// <summary>What names it, and what its refreshes change from now on.</summary>
    public required ContactRow Contact { get; init; }

    /// <summary>The generation on disk that it takes the place of; 0: there is none. Another one there means that somebody else wrote
    /// meanwhile.</summary>
    public required long ReplacedGeneration { get; init; }

    /// <summary>Everything else, as JSON; made by <see cref="Of"/>.</summary>
    public required string Json { get; init; }

    /// <summary>Makes a row of what its grain keeps of a binding.</summary>
    public static BindingRow Of(ContactRow contact, long replacedGeneration, StoredState document) => new()
    {
        Contact = contact, ReplacedGeneration = replacedGeneration, Json = StateJson.Write(document),
    };
}

/// <summary>A binding that is gone.</summary>
/// <param name="BindingId">The binding within the device.</param>
/// <param name="Generation">The generation on disk.</param>
public sealed record RemovedBinding(string BindingId, long Generation);

/// <summary>A binding as it was read.</summary>
/// <param name="Document">What its grain keeps of it.</param>
/// <param name="Contact">What the newest refresh made of it, also one that still waits for its batch.</param>
public sealed record ReadBinding<T>(T Document, ContactRow Contact)
    where T : StoredState;

/// <summary>Bindings of devices.</summary>
public interface IBindingStore
{
    /// <summary>All bindings of one device.</summary>
    /// <exception cref="StorageFailedException">One cannot be read.</exception>
    Task<ImmutableArray<ReadBinding<T>>> ReadAsync<T>(string mac, CancellationToken cancellation)
        where T : StoredState;

    /// <summary>Writes bindings, and what travels with them, beside a state that stays as it is; on disk when this returns.</summary>
    /// <param name="grain">The grain whose state it is.</param>
    /// <param name="stateName">The name of the state.</param>
    /// <param name="etag">The state's etag.</param>
    /// <param name="effects">What to write.</param>
    /// <exception cref="Orleans.Storage.InconsistentStateException">Somebody else wrote the state, or one of these bindings, meanwhile; nothing
    /// of this is on disk.</exception>
    Task WriteAsync(GrainId grain, string stateName, string? etag, StateEffects effects);
}
