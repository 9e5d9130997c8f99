using System.Collections.Immutable;

namespace SipGateway.Grains.Interfaces;

/// <summary>What is done to each item.</summary>
[GenerateSerializer, Alias("sipgw.operation.kind")]
public enum BulkKind
{
    /// <summary>Claim each MAC (<see cref="BulkItem.Detail"/> is the location).</summary>
    Import,

    /// <summary>Make a code for each.</summary>
    GenerateCodes,

    /// <summary>Restart each.</summary>
    Restart,

    /// <summary>Sign each out.</summary>
    SignOut,

    /// <summary>Resync each.</summary>
    Resync,

    /// <summary>Delete each.</summary>
    Delete,
}

/// <summary>One item of a bulk operation.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.operation.item")]
public sealed record BulkItem
{
    /// <summary>Its row in the file, from 1; 0 when there is no file.</summary>
    [Id(0)] public int Row { get; init; }

    /// <summary>The MAC as given; the operation normalises it.</summary>
    [Id(1)] public required string Mac { get; init; }

    /// <summary>What belongs to it, such as the location.</summary>
    [Id(2)] public string Detail { get; init; } = "";

    /// <summary>What was wrong with the row already when it was read; empty: nothing. Such a row is refused, the others go through.</summary>
    [Id(3)] public string Error { get; init; } = "";
}

/// <summary>Starts a bulk operation.</summary>
[GenerateSerializer, Immutable, Alias("sipgw.operation.start")]
public sealed record StartBulkCommand
{
    /// <summary>Who asks.</summary>
    [Id(0)] public required AdminContext Context { get; init; }

    /// <summary>What.</summary>
    [Id(1)] public required BulkKind Kind { get; init; }

    /// <summary>To what; at most 10,000.</summary>
    [Id(2)] public required ImmutableArray<BulkItem> Items { get; init; }
}

/// <summary>Anything long over many devices; key: the operation's id. Its progress is an inventory row that everybody reads there.</summary>
[Alias("sipgw.operation")]
public interface IOperationGrain : IGrainWithStringKey
{
    /// <summary>Starts it; the same command twice starts it once. The items are on disk at reply.</summary>
    [Alias("start")]
    Task<CommandOutcome> Start(StartBulkCommand command);

    /// <summary>Stops after the item under way.</summary>
    [Alias("cancel")]
    Task<CommandOutcome> Cancel(AdminContext context);

    /// <summary>Goes on with the next items; harmless at any time.</summary>
    [Alias("rundue")]
    Task RunDue();
}
