using System.Collections.Immutable;

namespace SipGateway.Storage.Tests;

public enum NoteColor
{
    PlainWhite,
    DarkBlue,
}

public sealed record NoteItem(string Name, int Count, ImmutableArray<string> Marks);

/// <summary>A state with everything in it that states are made of.</summary>
public sealed class NoteState : StoredState
{
    public override int SchemaVersion => 2;

    public string Note { get; set; } = "";

    public NoteColor Color { get; set; }

    public DateTimeOffset? WrittenAtUtc { get; set; }

    public ImmutableArray<NoteItem> Items { get; set; } = [];

    public ImmutableDictionary<string, NoteItem> ByName { get; set; } = ImmutableDictionary<string, NoteItem>.Empty;

    public byte[] Secret { get; set; } = [];

    public override System.Text.Json.Nodes.JsonObject Upgrade(System.Text.Json.Nodes.JsonObject stored, int fromSchemaVersion)
    {
        // Schema 1 called the note "text".
        stored["note"] = stored["text"]?.DeepClone();
        stored.Remove("text");
        return stored;
    }
}
