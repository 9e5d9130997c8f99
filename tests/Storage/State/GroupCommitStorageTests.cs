using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace SipGateway.Storage.Tests.State;

public abstract class GroupCommitStorageTests(TestEngine engine)
{
    [Fact]
    public async Task Read_NothingWritten_GivesEmptyStateWithoutEtag()
    {
        await using var storage = await engine.OpenAsync();

        var state = await storage.ReadAsync("a");

        state.RecordExists.Should().BeFalse();
        state.ETag.Should().BeNull();
        state.State.Note.Should().BeEmpty();
    }

    [Fact]
    public async Task Write_ThenReopen_GivesStateAndVersion()
    {
        var directory = engine.NewPlace();
        await using (var storage = await engine.OpenAsync(directory))
        {
            await storage.PutAsync("a", "one");
            await storage.PutAsync("a", "two");
        }

        await using var again = await engine.OpenAsync(directory);
        var state = await again.ReadAsync("a");
        state.State.Note.Should().Be("two");
        state.ETag.Should().Be("2");
        state.RecordExists.Should().BeTrue();
        await engine.RemoveAsync(directory);
    }

    [Fact]
    public async Task FirstWrite_TwoWritersOfOneKey_OneWinsAndNothingOfTheOtherIsLeft()
    {
        await using var storage = await engine.OpenAsync();
        for (var round = 0; round < 20; round++)
        {
            var key = $"k{round}";
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => TryFirstWriteAsync(storage, key, writer)));

            outcomes.Count(won => won).Should().Be(1);
            var winner = Array.IndexOf(outcomes, true);
            (await storage.ReadAsync(key)).State.Note.Should().Be($"writer {winner}");
            var owner = await storage.Inventory.FindOwnerAsync(new UniqueKey("number", $"{key}-{winner}"), default);
            owner.Should().Be(key);
            foreach (var loser in Enumerable.Range(0, 4).Where(writer => writer != winner))
                (await storage.Inventory.FindOwnerAsync(new UniqueKey("number", $"{key}-{loser}"), default)).Should().BeNull();
        }
    }

    [Fact]
    public async Task Write_StaleVersion_IsRefusedAndKeepsItsEffects()
    {
        await using var storage = await engine.OpenAsync();
        var stale = await storage.PutAsync("a", "one");
        await storage.PutAsync("a", "two");
        stale.State.Note = "stale";
        stale.State.Effects = new StateEffects { Audit = [Rows.Audit("stale")] };

        var refused = await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteAsync("a", stale));

        refused.StoredEtag.Should().Be("2");
        refused.CurrentEtag.Should().Be("1");
        stale.ETag.Should().Be("1");
        stale.State.Effects.Audit.Should().ContainSingle();
        (await storage.ReadAsync("a")).State.Note.Should().Be("two");
    }

    [Fact]
    public async Task Write_Succeeded_EmptiesEffects()
    {
        await using var storage = await engine.OpenAsync();

        var state = await storage.PutAsync("a", "one", new StateEffects { Audit = [Rows.Audit("a")], DueAtUtc = StorageUnderTest.Noon });

        state.State.Effects.Should().BeEquivalentTo(new StateEffects());
    }

    [Fact]
    public async Task Clear_LeavesTombstone_ReadGivesNoRecordButTheVersion()
    {
        await using var storage = await engine.OpenAsync();
        var state = await storage.PutAsync("a", "one");
        state.State.Effects = new StateEffects { Audit = [Rows.Audit("deleted")] };

        await storage.Grains.ClearStateAsync("state", StorageUnderTest.IdOf("a"), state);

        state.RecordExists.Should().BeFalse();
        state.State.Note.Should().BeEmpty();
        var read = await storage.ReadAsync("a");
        read.RecordExists.Should().BeFalse();
        read.ETag.Should().Be("2");
        read.State.Note.Should().BeEmpty();
    }

    [Fact]
    public async Task Write_OverTombstone_GoesOnFromItsVersionAndStaleWritersStayOut()
    {
        await using var storage = await engine.OpenAsync();
        var stale = await storage.PutAsync("a", "one");
        var state = await storage.ReadAsync("a");
        await storage.Grains.ClearStateAsync("state", StorageUnderTest.IdOf("a"), state);

        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteAsync("a", stale));
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteAsync("a", new NoteRecord()));
        state.State.Note = "again";
        await storage.WriteAsync("a", state);

        (await storage.ReadAsync("a")).ETag.Should().Be("3");
        (await storage.ReadAsync("a")).State.Note.Should().Be("again");
    }

    [Fact]
    public async Task Clear_NothingWritten_StillWritesItsEffects()
    {
        await using var storage = await engine.OpenAsync();
        var state = await storage.ReadAsync("a");
        state.State.Effects = new StateEffects { TakenKeys = [new UniqueKey("number", "+1")] };

        await storage.Grains.ClearStateAsync("state", StorageUnderTest.IdOf("a"), state);

        state.ETag.Should().BeNull();
        (await storage.Inventory.FindOwnerAsync(new UniqueKey("number", "+1"), default)).Should().Be("a");
    }

    [Fact]
    public async Task Write_SameKeyOfAnotherTypeOrName_IsAnotherState()
    {
        await using var storage = await engine.OpenAsync();
        await storage.PutAsync("a", "device");
        await storage.PutAsync("a", "user", type: "user");
        await storage.Grains.WriteStateAsync("other", StorageUnderTest.IdOf("a"), new NoteRecord
            { State = new NoteState { Note = "other" } });

        (await storage.ReadAsync("a")).State.Note.Should().Be("device");
        (await storage.ReadAsync("a", "user")).State.Note.Should().Be("user");
    }

    [Fact]
    public async Task Write_StateOfAnotherKind_IsRefusedClearly()
    {
        await using var storage = await engine.OpenAsync();

        var refused = await Assert.ThrowsAsync<WriteRefusedException>(
            () => storage.Grains.ReadStateAsync("state", StorageUnderTest.IdOf("a"), new GrainState<string>("x")));

        refused.Message.Should().Contain("StoredState");
    }

    private static async Task<bool> TryFirstWriteAsync(StorageUnderTest storage, string key, int writer)
    {
        var state = await storage.ReadAsync("never written");
        state.State.Note = $"writer {writer}";
        state.State.Effects = new StateEffects { TakenKeys = [new UniqueKey("number", $"{key}-{writer}")] };
        try
        {
            await storage.WriteAsync(key, state);
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }
}

public sealed class SqliteGroupCommitStorageTests() : GroupCommitStorageTests(TestEngine.Sqlite);

public sealed class PostgresGroupCommitStorageTests() : GroupCommitStorageTests(TestEngine.Postgres);
