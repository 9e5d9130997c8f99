using Npgsql;
using Orleans.Storage;

namespace SipGateway.Storage.Tests.Postgres;

/// <summary>Several storages on one database, as the silos of a cluster have them.</summary>
public sealed class ManyProcessesTests
{
    private const string Mac = "001565aabbcc";
    private readonly TestEngine _engine = TestEngine.Postgres;

    [Fact]
    public async Task Write_TwoActivationsOfOneGrain_OneWinsAndNothingIsMixed()
    {
        await using var one = await _engine.OpenAsync();
        await using var other = await _engine.OpenAsync(one.Place);
        var lost = 0;
        for (var round = 0; round < 100; round++)
        {
            var states = new[] { await one.ReadAsync(Mac), await other.ReadAsync(Mac) };
            foreach (var (state, name) in states.Zip(["one", "other"]))
            {
                state.State.Note = name;
                state.State.Effects = new StateEffects { Devices = [Rows.Device(Mac) with { Location = name }], Audit = [Rows.Audit($"{round}")] };
            }

            var outcomes = await Task.WhenAll(WinsAsync(one, states[0]), WinsAsync(other, states[1]));
            outcomes.Should().ContainSingle(won => won);
            lost += outcomes.Count(won => !won);
            var stored = await one.ReadAsync(Mac);
            stored.State.Note.Should().Be(outcomes[0] ? "one" : "other");
            (await other.Inventory.FindDeviceAsync("t1", Mac, default))!.Location.Should().Be(stored.State.Note);
        }

        lost.Should().Be(100);
        var audit = await StorageUnderTest.UntilAsync(
            () => one.Get<IAuditReader>().ListAsync("t1", 1000, null, default), page => page.Items.Length >= 100);
        audit.Items.Select(row => row.Row.Target).Should().OnlyHaveUniqueItems().And.HaveCount(100);
        (await other.Get<IAuditReader>().FindFirstBrokenAsync(default)).Should().BeNull();
    }

    [Fact]
    public async Task Write_BindingsBesideAStateThatAnotherChanges_OneOfTheTwoStepsAside()
    {
        await using var one = await _engine.OpenAsync();
        await using var other = await _engine.OpenAsync(one.Place);
        await one.PutAsync(Mac, "0");
        for (var round = 0; round < 50; round++)
        {
            var stale = await one.ReadAsync(Mac);
            var state = await other.ReadAsync(Mac);
            state.State.Note = $"{round}";
            var binding = $"b{round}";
            var bound = BindsAsync(one, stale.ETag, binding);
            var outcomes = await Task.WhenAll(bound, WinsAsync(other, state));

            // Both may win when the binding came first; a binding never lands on a version that is gone.
            outcomes.Should().Contain(true);
            (await one.Get<IContactStore>().ReadAsync(Mac, default)).Any(row => row.BindingId == binding).Should().Be(outcomes[0]);
        }
    }

    [Fact]
    public async Task Write_OneCodeRedeemedOnTwoDevicesAtOnce_IsTakenOnce()
    {
        await using var one = await _engine.OpenAsync();
        await using var other = await _engine.OpenAsync(one.Place);
        for (var round = 0; round < 200; round++)
        {
            var effects = new StateEffects { TakenKeys = [new UniqueKey("code", $"{round}")], Audit = [Rows.Audit($"{round}")] };
            var outcomes = await Task.WhenAll(TakesAsync(one, $"a{round}", effects), TakesAsync(other, $"b{round}", effects));
            outcomes.Should().ContainSingle(taken => taken);
        }

        var audit = await StorageUnderTest.UntilAsync(
            () => one.Get<IAuditReader>().ListAsync("t1", 1000, null, default), page => page.Items.Length >= 200);
        audit.Items.Should().HaveCount(200);
    }

    [Fact]
    public async Task Write_RowThatSomebodyHolds_FailsAloneAndSoon()
    {
        await using var storage = await _engine.OpenAsync(configure: options => options with { CommitPause = TimeSpan.FromMilliseconds(50) });
        await storage.PutAsync("held", "before");
        var held = await storage.ReadAsync("held");
        await using var source = NpgsqlDataSource.Create((await PostgresServer.GetAsync()).ConnectionString(storage.Place));
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var hold = new NpgsqlCommand("SELECT 1 FROM grain_state WHERE grain_key = 'held' FOR UPDATE", connection);
        await hold.ExecuteNonQueryAsync();

        var others = Enumerable.Range(0, 20).Select(i => storage.PutAsync($"k{i}", "x")).ToList();
        var write = () => storage.WriteAsync("held", held);

        await write.Should().ThrowAsync<StorageFailedException>();
        await Task.WhenAll(others);
        await transaction.RollbackAsync();
        await storage.WriteAsync("held", held);
    }

    [Fact]
    public async Task Seal_ByThreeProcessesAtOnce_LeavesNoGapAndNothingTwice()
    {
        await using var one = await _engine.OpenAsync(configure: Quick);
        await using var two = await _engine.OpenAsync(one.Place, Quick);
        await using var three = await _engine.OpenAsync(one.Place, Quick);
        var storages = new[] { one, two, three };

        await Task.WhenAll(Enumerable.Range(0, 600).Select(i => storages[i % 3].Get<IAuditWriter>().WriteAsync(Rows.Audit($"a{i}"), default)));

        var audit = one.Get<IAuditReader>();
        var page = await StorageUnderTest.UntilAsync(() => audit.ListAsync("t1", 1000, null, default), page => page.Items.Length == 600);
        page.Items.Select(row => row.Sequence).Should().Equal(Enumerable.Range(0, 600).Select(i => 600L - i));
        page.Items.Select(row => row.Row.Target).Should().OnlyHaveUniqueItems();
        (await audit.FindFirstBrokenAsync(default)).Should().BeNull();

        static StorageOptions Quick(StorageOptions options) => options with { AuditSealPeriod = TimeSpan.FromMilliseconds(5) };
    }

    [Fact]
    public async Task Read_WhileATransactionRunsForLong_TellsRevocationsAtOnceAndChangesOnlyWhenComplete()
    {
        await using var storage = await _engine.OpenAsync();
        await using var source = NpgsqlDataSource.Create((await PostgresServer.GetAsync()).ConnectionString(storage.Place));
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var write = new NpgsqlCommand(
            "INSERT INTO change (grain_type, grain_key, version, at_us) VALUES ('device', 'slow', 1, 0)", connection);
        await write.ExecuteNonQueryAsync();
        await storage.PutAsync("quick", "x", new StateEffects { Revocations = [new RevocationRow("", "quick", 1)] });
        var revocations = storage.Get<IRevocationReader>();

        var first = await revocations.ReadAsync("e", 0, 10, default);
        first.Should().ContainSingle().Which.Row.Mac.Should().Be("quick");
        (await storage.Get<IChangeFeed>().ReadAsync(0, 10, default)).Should().BeEmpty();

        // Read once more in its turn, for a reader that might have missed one of the slow transaction.
        (await revocations.ReadAsync("e", first[0].Sequence, 10, default)).Should().ContainSingle();
        await transaction.CommitAsync();
        var changes = await StorageUnderTest.UntilAsync(() => storage.Get<IChangeFeed>().ReadAsync(0, 10, default), rows => rows.Count == 2);
        changes.Select(change => change.Key).Should().Equal("slow", "quick");
        var last = await StorageUnderTest.UntilAsync(
            () => revocations.ReadAsync("e", 0, 10, default), rows => rows[0].Sequence > first[0].Sequence);
        (await revocations.ReadAsync("e", last[0].Sequence, 10, default)).Should().BeEmpty();
    }

    private static async Task<bool> WinsAsync(StorageUnderTest storage, NoteRecord state)
    {
        try
        {
            await storage.WriteAsync(Mac, state);
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }

    private static async Task<bool> BindsAsync(StorageUnderTest storage, string? etag, string binding)
    {
        try
        {
            await storage.Get<IBindingStore>().WriteAsync(
                StorageUnderTest.IdOf(Mac), "state", etag, new StateEffects { Bindings = [Rows.Binding(Mac, binding, 1, StorageUnderTest.Noon)] });
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }

    private static async Task<bool> TakesAsync(StorageUnderTest storage, string key, StateEffects effects)
    {
        try
        {
            await storage.PutAsync(key, "x", effects);
            return true;
        }
        catch (UniqueKeyTakenException)
        {
            return false;
        }
    }
}
