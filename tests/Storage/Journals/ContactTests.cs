namespace SipGateway.Storage.Tests.Journals;

public abstract class ContactTests(TestEngine engine)
{
    private const string Mac = "001565aabbcc";
    private static readonly DateTimeOffset Seen = StorageUnderTest.Noon;

    [Fact]
    public async Task Refresh_MatchingGeneration_IsReadAtOnceAndOnDiskWithinSeconds()
    {
        await using var storage = await WithBindingAsync();
        var refresh = Rows.Contact(Mac, "b1", 3, Seen.AddMinutes(1));

        storage.Get<IContactStore>().Refresh(refresh);

        (await storage.Get<IContactStore>().ReadAsync(Mac, default)).Should().Equal(refresh);
        await StorageUnderTest.UntilAsync(() => storage.Engine.ReadContactsAsync(Mac, default), rows => rows[0] == refresh);
    }

    [Theory]
    [InlineData("b1", 2)]
    [InlineData("b1", 4)]
    [InlineData("gone", 3)]
    public async Task Refresh_OfAnotherGenerationOrBinding_ChangesNothing(string binding, long generation)
    {
        var directory = engine.NewPlace();
        await using (var storage = await WithBindingAsync(directory))
        {
            storage.Get<IContactStore>().Refresh(Rows.Contact(Mac, binding, generation, Seen.AddMinutes(1)));
            (await storage.Get<IContactStore>().ReadAsync(Mac, default)).Should().Equal(Rows.Contact(Mac, "b1", 3, Seen));
        }

        await using var again = await engine.OpenAsync(directory);
        (await again.Get<IContactStore>().ReadAsync(Mac, default)).Should().Equal(Rows.Contact(Mac, "b1", 3, Seen));
        await engine.RemoveAsync(directory);
    }

    [Fact]
    public async Task Refresh_OlderAfterNewer_DoesNotGoBack()
    {
        await using var storage = await WithBindingAsync();
        storage.Get<IContactStore>().Refresh(Rows.Contact(Mac, "b1", 3, Seen.AddMinutes(2)));
        storage.Get<IContactStore>().Refresh(Rows.Contact(Mac, "b1", 3, Seen.AddMinutes(1)));

        (await storage.Get<IContactStore>().ReadAsync(Mac, default))[0].LastSeenAtUtc.Should().Be(Seen.AddMinutes(2));
    }

    [Fact]
    public async Task Refresh_ThatCannotBeStored_HurtsNoOther()
    {
        await using var storage = await WithBindingAsync();
        var good = Rows.Contact(Mac, "b1", 3, Seen.AddMinutes(1));
        storage.Get<IContactStore>().Refresh(Rows.Contact(Mac, "nul\0", 3, Seen));
        storage.Get<IContactStore>().Refresh(good);

        await StorageUnderTest.UntilAsync(() => storage.Engine.ReadContactsAsync(Mac, default), rows => rows[0] == good);
    }

    [Fact]
    public async Task Refresh_ThenStop_IsFlushed()
    {
        var directory = engine.NewPlace();
        await using (var storage = await WithBindingAsync(directory))
            storage.Get<IContactStore>().Refresh(Rows.Contact(Mac, "b1", 3, Seen.AddMinutes(7)));

        await using var again = await engine.OpenAsync(directory);
        (await again.Get<IContactStore>().ReadAsync(Mac, default))[0].LastSeenAtUtc.Should().Be(Seen.AddMinutes(7));
        await engine.RemoveAsync(directory);
    }

    [Fact]
    public async Task Write_StateThatDoesNotKnowTheLastRefresh_DoesNotPutItBack()
    {
        await using var storage = await WithBindingAsync();
        var refresh = Rows.Contact(Mac, "b1", 3, Seen.AddMinutes(1));
        storage.Get<IContactStore>().Refresh(refresh);
        await StorageUnderTest.UntilAsync(() => storage.Engine.ReadContactsAsync(Mac, default), rows => rows[0] == refresh);

        await storage.PutAsync(Mac, "y", new StateEffects
            { Bindings = [Rows.Binding(Rows.Contact(Mac, "b1", 3, Seen), 3), Rows.Binding(Mac, "b2", 1, Seen)] });
        (await storage.Get<IContactStore>().ReadAsync(Mac, default)).Should().Equal(refresh, Rows.Contact(Mac, "b2", 1, Seen));

        await storage.PutAsync(Mac, "z", new StateEffects
            { Bindings = [Rows.Binding(Rows.Contact(Mac, "b1", 4, Seen), 3)], RemovedBindings = [new RemovedBinding("b2", 1)] });
        (await storage.Get<IContactStore>().ReadAsync(Mac, default)).Should().Equal(Rows.Contact(Mac, "b1", 4, Seen));
    }

    private async Task<StorageUnderTest> WithBindingAsync(string? directory = null)
    {
        var storage = await engine.OpenAsync(directory);
        await storage.PutAsync(Mac, "x", new StateEffects { Bindings = [Rows.Binding(Mac, "b1", 3, Seen)] });
        return storage;
    }
}

public sealed class SqliteContactTests() : ContactTests(TestEngine.Sqlite);

public sealed class PostgresContactTests() : ContactTests(TestEngine.Postgres);
