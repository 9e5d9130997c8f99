using System.Diagnostics.CodeAnalysis;
using Orleans;

namespace SipGateway.Storage.Tests;

/// <summary>What Orleans hands to the storage.</summary>
internal sealed class NoteRecord : IGrainState<NoteState>
{
    [AllowNull]
    public NoteState State { get; set; } = new();

    [AllowNull]
    public string ETag { get; set; } = null!;

    public bool RecordExists { get; set; }
}
