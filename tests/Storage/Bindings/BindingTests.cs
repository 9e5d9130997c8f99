using Orleans.Storage;

namespace SipGateway.Storage.Tests.Bindings;

/// <summary>Bindings in rows of their own, beside a state that stays as it is.</summary>
public abstract class BindingTests(TestEngine engine)
{
    private const string Mac = "001565aabbcc";
    private static readonly DateTimeOffset Seen = StorageUnderTest.Noon;

    [Fact]
    public async Task Write_ThenReopen_GivesTheBinding_AndTheStateIsUntouched()
    {
        var directory = engine.NewPlace();
        await using (var storage = await WithDeviceAsync(directory))
        {
            await WriteAsync(storage, "1", new StateEffects { Bindings = [Row("b1", 5, "hall")], Events = [Rows.Event(Mac, "registration.bound", Seen)] });
            (await storage.Get<IDeviceEventReader>().ListAsync("t1", Mac, 10, null, default)).Items.Should().ContainSingle();
            (await StorageUnderTest.UntilAsync(() => storage.Get<IChangeFeed>().ReadAsync(0, 10, default), rows => rows.Count >= 2))
                .Should().HaveCount(2);
        }

        await using var again = await engine.OpenAsync(directory);
        var read = (await ReadAsync(again)).Should().ContainSingle().Subject;
        read.Document.Note.Should().Be("hall");
        read.Contact.Should().Be(Rows.Contact(Mac, "b1", 5, Seen));
        (await again.ReadAsync(Mac)).ETag.Should().Be("1");
        await engine.RemoveAsync(directory);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("2", 0)]
    [InlineData("1", 4)]
    public async Task Write_OfOneWhoMissedAWrite_IsRefusedAndLeavesNothing(string etag, long replaced)
    {
        await using var storage = await WithDeviceAsync();
        await WriteAsync(storage, "1", new StateEffects { Bindings = [Row("b1", 5, "hall")] });

        var stale = () => WriteAsync(storage, etag, new StateEffects
        {
            Bindings = [Row("b2", 1, "new"), Row("b1", 6, "moved", replaced)], Events = [Rows.Event(Mac, "registration.bound", Seen)], DueAtUtc = Seen,
        });

        await stale.Should().ThrowAsync<InconsistentStateException>();
        (await ReadAsync(storage)).Should().ContainSingle().Which.Document.Note.Should().Be("hall");
        (await storage.Get<IContactStore>().ReadAsync(Mac, default)).Should().Equal(Rows.Contact(Mac, "b1", 5, Seen));
        (await storage.Get<IDeviceEventReader>().ListAsync("t1", Mac, 10, null, default)).Items.Should().BeEmpty();
    }

    [Fact]
    public async Task Remove_OfOneWhoMissedAWrite_IsRefused_AndOfOneWhoKnowsItTakesBoth()
    {
        await using var storage = await WithDeviceAsync();
        await WriteAsync(storage, "1", new StateEffects { Bindings = [Row("b1", 5, "hall")] });

        var stale = () => WriteAsync(storage, "1", new StateEffects { RemovedBindings = [new RemovedBinding("b1", 4)] });
        await stale.Should().ThrowAsync<InconsistentStateException>();
        (await ReadAsync(storage)).Should().ContainSingle();

        await WriteAsync(storage, "1", new StateEffects { RemovedBindings = [new RemovedBinding("b1", 5)] });
        (await ReadAsync(storage)).Should().BeEmpty();
        (await storage.Get<IContactStore>().ReadAsync(Mac, default)).Should().BeEmpty();
    }

    [Fact]
    public async Task TwoActivations_MoveOneBindingAtOnce_ExactlyOneWins()
    {
        await using var storage = await WithDeviceAsync();
        await WriteAsync(storage, "1", new StateEffects { Bindings = [Row("b1", 5, "hall")] });

        var ends = await Task.WhenAll(Enumerable.Range(6, 8).Select(async generation =>
        {
            try
            {
                await WriteAsync(storage, "1", new StateEffects { Bindings = [Row("b1", generation, $"g{generation}", 5)] });
                return generation;
            }
            catch (InconsistentStateException)
            {
                return 0;
            }
        }));

        var winner = ends.Should().ContainSingle(g => g > 0).Subject;
        (await ReadAsync(storage))[0].Should().Match<ReadBinding<NoteState>>(b => b.Contact.Generation == winner && b.Document.Note == $"g{winner}");
    }

    [Fact]
    public async Task Read_SeesARefreshThatStillWaits()
    {
        await using var storage = await WithDeviceAsync();
        await WriteAsync(storage, "1", new StateEffects { Bindings = [Row("b1", 5, "hall")] });
        var refresh = Rows.Contact(Mac, "b1", 5, Seen.AddMinutes(2));

        storage.Get<IContactStore>().Refresh(refresh);

        (await ReadAsync(storage))[0].Contact.Should().Be(refresh);
    }

    [Fact]
    public async Task Write_BindingOfAnotherDevice_IsRefused()
    {
        await using var storage = await WithDeviceAsync();

        var foreign = () => WriteAsync(storage, "1", new StateEffects { Bindings = [Rows.Binding("001565000000", "b1", 1, Seen)] });

        await foreign.Should().ThrowAsync<WriteRefusedException>().WithMessage("*001565000000*");
    }

    private static BindingRow Row(string binding, long generation, string note, long replaced = 0) =>
        Rows.Binding(Rows.Contact(Mac, binding, generation, Seen), replaced, note);

    private static Task WriteAsync(StorageUnderTest storage, string etag, StateEffects effects) =>
        storage.Get<IBindingStore>().WriteAsync(StorageUnderTest.IdOf(Mac), "state", etag, effects);

    private static async Task<IReadOnlyList<ReadBinding<NoteState>>> ReadAsync(StorageUnderTest storage) =>
        await storage.Get<IBindingStore>().ReadAsync<NoteState>(Mac, default);

    private async Task<StorageUnderTest> WithDeviceAsync(string? directory = null)
    {
        var storage = await engine.OpenAsync(directory);
        await storage.PutAsync(Mac, "x");
        return storage;
    }
}

public sealed class SqliteBindingTests() : BindingTests(TestEngine.Sqlite);

public sealed class PostgresBindingTests() : BindingTests(TestEngine.Postgres);
