using System.Collections.Immutable;

namespace SipGateway.Storage.Tests.State;

public sealed class StateJsonTests
{
    private static readonly StateKey Key = new("device", "a", "state");

    [Fact]
    public void Write_FullState_IsTheReleasedShape()
    {
        var golden = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "note-state.2.json")).TrimEnd();

        StateJson.Write(Full()).Should().Be(golden);
    }

    [Fact]
    public void Read_TheReleasedShape_GivesTheState()
    {
        var golden = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "note-state.2.json"));

        StateJson.Read(typeof(NoteState), golden, Key).Should().BeEquivalentTo(Full());
    }

    [Fact]
    public void Read_AnOlderShape_IsUpgraded()
    {
        var golden = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "note-state.1.json"));

        ((NoteState)StateJson.Read(typeof(NoteState), golden, Key)).Note.Should().Be("written by the first version");
    }

    [Fact]
    public void Read_ANewerShape_IsRefusedWithWhatToDo()
    {
        var read = () => StateJson.Read(typeof(NoteState), """{"schemaVersion":3,"note":"x"}""", Key);

        read.Should().Throw<StorageFailedException>().WithMessage("*device/a/state*schema 3*knows 2*newer version*");
    }

    [Fact]
    public void Read_FieldsOfANewerVersion_AreWrittenAgain()
    {
        const string Newer = """{"schemaVersion":2,"note":"x","later":{"text":"Käse","many":[1,2.50,null]},"flag":true}""";

        var state = (NoteState)StateJson.Read(typeof(NoteState), Newer, Key);
        state.Note = "changed by an older version";
        var written = System.Text.Json.Nodes.JsonNode.Parse(StateJson.Write(state))!;

        ((string?)written["note"]).Should().Be("changed by an older version");
        written["later"]!.ToJsonString().Should().Be(System.Text.Json.Nodes.JsonNode.Parse(Newer)!["later"]!.ToJsonString());
        ((bool?)written["flag"]).Should().BeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"note":"x","schemaVersion":2}""")]
    [InlineData("""{"schemaVersion":"2"}""")]
    [InlineData("""{"schemaVersion":2,"note":""")]
    [InlineData("""{"schemaVersion":2,"color":7}""")]
    public void Read_NoSuchState_IsRefusedAndNamesTheState(string json)
    {
        var read = () => StateJson.Read(typeof(NoteState), json, Key);

        read.Should().Throw<StorageFailedException>().WithMessage("*device/a/state*");
    }

    [Fact]
    public void Write_ArraysThatNobodyAssigned_AreEmptyLists()
    {
        var state = new NoteState { Items = default };

        var read = (NoteState)StateJson.Read(typeof(NoteState), StateJson.Write(state), Key);

        read.Items.IsDefault.Should().BeFalse();
        read.Items.Should().BeEmpty();
    }

    [Fact]
    public void Write_AnyState_NamesNoClrType() => StateJson.Write(Full()).Should().NotContain("SipGateway").And.NotContain("$type");

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public void Write_HostileText_Survives(string text)
    {
        var state =
            new NoteState { Note = text, ByName = ImmutableDictionary<string, NoteItem>.Empty.Add(text, new NoteItem(text, 1, [text])) };

        StateJson.Read(typeof(NoteState), StateJson.Write(state), Key).Should().BeEquivalentTo(state);
    }

    public static TheoryData<string> HostileTexts() => new(
        "nul \0 inside", new string('x', 10_000), "שלום \u202Eabc\u202C",
        "\"'`;--{}[]\\", "\U0001F4DE\U0001F469\u200D\U0001F4BB", "\u0001\u001F\u007F\u2028\uFEFF");

    private static NoteState Full() => new()
    {
        Note = "Zürich \"Nord\" 📞",
        Color = NoteColor.DarkBlue,
        WrittenAtUtc = StorageUnderTest.Noon,
        Items = [new NoteItem("first", 1, ["a", "b"]), new NoteItem("second", 2, [])],
        ByName = ImmutableDictionary<string, NoteItem>.Empty.Add("Key As It Is", new NoteItem("third", 3, [])),
        Secret = [1, 2, 3],
    };
}
