using System.Collections.Immutable;

namespace SipGateway.Storage;

/// <summary>One caller's part of a batch: it is written whole or not at all.</summary>
internal abstract record WriteEntry
{
    /// <summary>At most one entry per key is in a batch; null when any number may be.</summary>
    public virtual StateKey? Key => null;
}

/// <summary>A state with its effects.</summary>
/// <param name="StateKey">Which state.</param>
/// <param name="ExpectedVersion">The version read before; 0 when nothing was there.</param>
/// <param name="Json">The state; null to leave a tombstone.</param>
/// <param name="Effects">What else becomes true with it.</param>
internal sealed record StateEntry(StateKey StateKey, long ExpectedVersion, string? Json, StateEffects Effects) : WriteEntry
{
    public override StateKey? Key => StateKey;
}

/// <summary>Effects of a state that stays as it is.</summary>
/// <param name="StateKey">Which state.</param>
/// <param name="Version">The version it must have.</param>
/// <param name="Effects">What becomes true.</param>
internal sealed record EffectsEntry(StateKey StateKey, long Version, StateEffects Effects) : WriteEntry
{
    public override StateKey? Key => StateKey;
}

/// <summary>Audit rows without a state.</summary>
internal sealed record AuditEntry(ImmutableArray<AuditRow> Rows) : WriteEntry;

/// <summary>Timeline events without a state.</summary>
internal sealed record EventsEntry(ImmutableArray<DeviceEventRow> Rows) : WriteEntry;

/// <summary>Refreshes of bindings.</summary>
internal sealed record ContactsEntry(ImmutableArray<ContactRow> Rows) : WriteEntry;
