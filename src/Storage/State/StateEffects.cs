using System.Collections.Immutable;

namespace SipGateway.Storage;

/// <summary>
/// What is written with a grain's state in one transaction. Row sets (<see cref="Devices"/>, <see cref="Users"/>, …) are complete:
/// null leaves what is there, a list replaces every row that this grain owns.
/// </summary>
public sealed record StateEffects
{
    /// <summary>Nothing besides the state; one object, because every activation holds it most of its life.</summary>
    public static readonly StateEffects None = new();

    /// <summary>One row per tenant that claims or holds this device; null: unchanged.</summary>
    public ImmutableArray<DeviceRow>? Devices { get; init; }

    /// <summary>The user's row; null: unchanged; empty: removed.</summary>
    public ImmutableArray<UserRow>? Users { get; init; }

    /// <summary>Operations that this grain owns and that changed; others stay as they are.</summary>
    public ImmutableArray<OperationRow> Operations { get; init; } = [];

    /// <summary>Keys to take; one that another owner holds fails the whole write with <see cref="UniqueKeyTakenException"/>.</summary>
    public ImmutableArray<UniqueKey> TakenKeys { get; init; } = [];

    /// <summary>Keys to give back, where this grain is the owner.</summary>
    public ImmutableArray<UniqueKey> ReleasedKeys { get; init; } = [];

    /// <summary>What somebody did, for the audit journal.</summary>
    public ImmutableArray<AuditRow> Audit { get; init; } = [];

    /// <summary>What happened, for the device's timeline.</summary>
    public ImmutableArray<DeviceEventRow> Events { get; init; } = [];

    /// <summary>Credentials that stopped being good: read by every edge within seconds.</summary>
    public ImmutableArray<RevocationRow> Revocations { get; init; } = [];

    /// <summary>Bindings that are new or other than they were; the rest of the device's stays as it is.</summary>
    public ImmutableArray<BindingRow> Bindings { get; init; } = [];

    /// <summary>Bindings that are gone.</summary>
    public ImmutableArray<RemovedBinding> RemovedBindings { get; init; } = [];

    /// <summary>When the grain must be called again; null leaves the time as it is, <see cref="Due.Never"/> clears it.</summary>
    public DateTimeOffset? DueAtUtc { get; init; }

    /// <summary>Both together, the later one winning where only one can be; lists are joined.</summary>
    public StateEffects With(StateEffects later) => this with
    {
        Devices = later.Devices ?? Devices,
        Users = later.Users ?? Users,
        DueAtUtc = later.DueAtUtc ?? DueAtUtc,
        Bindings = Bindings.AddRange(later.Bindings),
        RemovedBindings = RemovedBindings.AddRange(later.RemovedBindings),
        Operations = Operations.AddRange(later.Operations),
        TakenKeys = TakenKeys.AddRange(later.TakenKeys),
        ReleasedKeys = ReleasedKeys.AddRange(later.ReleasedKeys),
        Audit = Audit.AddRange(later.Audit),
        Events = Events.AddRange(later.Events),
        Revocations = Revocations.AddRange(later.Revocations),
    };
}

/// <summary>Due times.</summary>
public static class Due
{
    /// <summary>No due work.</summary>
    public static readonly DateTimeOffset Never = DateTimeOffset.MaxValue;
}

/// <summary>A fact with one owner, such as a phone number that belongs to one user.</summary>
/// <param name="Kind">What sort of key, such as <c>number</c>.</param>
/// <param name="Key">The key in its canonical spelling.</param>
public sealed record UniqueKey(string Kind, string Key);

/// <summary>A unique key that the write wanted is another grain's; nothing of the write happened.</summary>
public sealed class UniqueKeyTakenException(UniqueKey key, string owner)
    : Orleans.Runtime.OrleansException($"The {key.Kind} {key.Key} already belongs to {owner}.")
{
    /// <summary>The key.</summary>
    public UniqueKey Key { get; } = key;

    /// <summary>The grain key of its owner.</summary>
    public string Owner { get; } = owner;
}

/// <summary>The connection was lost after COMMIT was sent: the write may or may not have happened. Read again before deciding.</summary>
public sealed class WriteOutcomeUnknownException(string message, Exception inner) : Orleans.Runtime.OrleansException(message, inner);
