namespace SipGateway.Storage.Tests.Commit;

public abstract class EffectTests(TestEngine engine)
{
    private const string Mac = "001565aabbcc";
    private static readonly UniqueKey Number = new("number", "+4930123456");

    [Fact]
    public async Task Write_KeyTakenByAnother_FailsForItsCallerAlone()
    {
        await using var storage = await engine.OpenAsync();
        await storage.PutAsync("t1/anna", "anna", new StateEffects { TakenKeys = [Number] }, "user");

        var others = Enumerable.Range(0, 50).Select(i =>
            storage.PutAsync($"t1/u{i}", "other", new StateEffects { Audit = [Rows.Audit($"u{i}")] }, "user"));
        var losing = storage.PutAsync("t1/bert", "bert", new StateEffects { TakenKeys = [Number], Audit = [Rows.Audit("bert")] }, "user");
        await Task.WhenAll(others);
        var taken = await Assert.ThrowsAsync<UniqueKeyTakenException>(() => losing);

        taken.Owner.Should().Be("t1/anna");
        taken.Key.Should().Be(Number);
        (await storage.ReadAsync("t1/bert", "user")).RecordExists.Should().BeFalse();
        var audit = await StorageUnderTest.UntilAsync(() =>
            storage.Get<IAuditReader>().ListAsync("t1", 100, null, default), page => page.Items.Length >= 50);
        audit.Items.Should().HaveCount(50).And.NotContain(row => row.Row.Target == "bert");
    }

    [Fact]
    public async Task Write_KeyItOwnsAlready_Succeeds()
    {
        await using var storage = await engine.OpenAsync();
        await storage.PutAsync("t1/anna", "one", new StateEffects { TakenKeys = [Number] }, "user");

        await storage.PutAsync("t1/anna", "two", new StateEffects { TakenKeys = [Number] }, "user");

        (await storage.Inventory.FindOwnerAsync(Number, default)).Should().Be("t1/anna");
    }

    [Fact]
    public async Task Write_KeyReleased_CanBeTakenAndOnlyByItsOwner()
    {
        await using var storage = await engine.OpenAsync();
        await storage.PutAsync("t1/anna", "one", new StateEffects { TakenKeys = [Number] }, "user");
        await storage.PutAsync("t1/bert", "one", new StateEffects { ReleasedKeys = [Number] }, "user");
        (await storage.Inventory.FindOwnerAsync(Number, default)).Should().Be("t1/anna");

        await storage.PutAsync("t1/anna", "two", new StateEffects { ReleasedKeys = [Number] }, "user");
        await storage.PutAsync("t1/bert", "two", new StateEffects { TakenKeys = [Number] }, "user");

        (await storage.Inventory.FindOwnerAsync(Number, default)).Should().Be("t1/bert");
    }

    [Fact]
    public async Task Write_StaleState_LeavesNoEffect()
    {
        await using var storage = await engine.OpenAsync();
        var stale = await storage.PutAsync(Mac, "one");
        await storage.PutAsync(Mac, "two");
        stale.State.Effects = new StateEffects
        {
            Devices = [Rows.Device(Mac)],
            TakenKeys = [Number],
            Events = [Rows.Event(Mac, "x.y", StorageUnderTest.Noon)],
            Revocations = [new RevocationRow("", Mac, 2)],
            Bindings = [Rows.Binding(Mac, "b", 1, StorageUnderTest.Noon)],
            DueAtUtc = StorageUnderTest.Noon,
        };

        await Assert.ThrowsAsync<Orleans.Storage.InconsistentStateException>(() => storage.WriteAsync(Mac, stale));

        (await storage.Inventory.FindDeviceAsync("t1", Mac, default)).Should().BeNull();
        (await storage.Inventory.FindOwnerAsync(Number, default)).Should().BeNull();
        (await storage.Get<IDeviceEventReader>().ListAsync("t1", Mac, 10, null, default)).Items.Should().BeEmpty();
        (await storage.Get<IRevocationReader>().ReadAsync("", 0, 10, default)).Should().BeEmpty();
        (await storage.Get<IContactStore>().ReadAsync(Mac, default)).Should().BeEmpty();
        (await DueAsync(storage)).Should().BeEmpty();
        (await StorageUnderTest.UntilAsync(() => storage.Get<IChangeFeed>().ReadAsync(0, 10, default), rows => rows.Count >= 2)).Should().HaveCount(2);
    }

    [Fact]
    public async Task Write_WhatTheDatabaseRefuses_HurtsNobodyElseInTheBatch()
    {
        await using var storage = await engine.OpenAsync();
        // Straight to the engine: one batch of three, the middle one breaks NOT NULL after its state was written.
        WriteEntry[] batch =
        [
            Entry("a", new StateEffects()),
            Entry("b", new StateEffects { Devices = [Rows.Device("b") with { Vendor = null! }] }),
            Entry("c", new StateEffects()),
        ];

        var verdicts = await storage.Engine.CommitAsync(batch);

        verdicts[0].Should().BeOfType<WriteVerdict.Won>();
        verdicts[1].Should().BeOfType<WriteVerdict.Refused>();
        verdicts[2].Should().BeOfType<WriteVerdict.Won>();
        (await storage.ReadAsync("b")).RecordExists.Should().BeFalse();
        (await storage.ReadAsync("c")).RecordExists.Should().BeTrue();
    }

    [Theory]
    [InlineData(0x0000)]
    [InlineData(0xD83D)]
    [InlineData(0xDCDE)]
    public async Task Write_TextThatCannotBeStored_IsRefusedBeforeTheBatch(int character)
    {
        var text = $"text with {(char)character} inside";
        await using var storage = await engine.OpenAsync();

        var write = () => storage.PutAsync(Mac, "x", new StateEffects { Devices = [Rows.Device(Mac) with { Location = text }] });

        await write.Should().ThrowAsync<WriteRefusedException>().WithMessage("*location*cannot be stored*");
    }

    [Fact]
    public async Task Write_TooLongOrOfAnotherDevice_IsRefusedWithEveryReason()
    {
        await using var storage = await engine.OpenAsync();

        var write = () => storage.PutAsync(Mac, "x", new StateEffects
            { Devices = [Rows.Device("001565000000") with { Location = new string('x', 10_000) }] });

        await write.Should().ThrowAsync<WriteRefusedException>().WithMessage("*001565000000*10000 characters*");
    }

    [Theory]
    [InlineData("שלום \u202Eabc\u202C")]
    [InlineData("\"'`;-- DROP TABLE device; {}[]\\%_")]
    [InlineData("\U0001F4DE\U0001F469\u200D\U0001F4BB")]
    [InlineData("\u0001\u001F\u007F\u2028\uFEFF")]
    public async Task Write_HostileText_SurvivesInRowsAndIsFound(string text)
    {
        await using var storage = await engine.OpenAsync();
        await storage.PutAsync(Mac, "x", new StateEffects
        {
            Devices = [Rows.Device(Mac) with { Location = text, UserId = text }],
            Audit = [Rows.Audit(text)],
            Events = [Rows.Event(Mac, text, StorageUnderTest.Noon)],
        });

        var found = await storage.Inventory.ListDevicesAsync(
            new DeviceQuery
                { Tenant = "t1", Filter = [new(DeviceField.Location, FilterOperator.StartsWith, text)], NowUtc = StorageUnderTest.Noon }, default);
        found.Items.Should().ContainSingle().Which.Location.Should().Be(text);
        (await storage.Inventory.FindDevicesOfUserAsync("t1", text, default)).Should().ContainSingle();
        (await storage.Get<IDeviceEventReader>().ListAsync("t1", Mac, 10, null, default)).Items[0].Kind.Should().Be(text);
    }

    [Fact]
    public async Task Write_HostileAuditAndEvents_AreCleanedNotRefused()
    {
        await using var storage = await engine.OpenAsync();
        await storage.Get<IAuditWriter>().WriteAsync(Rows.Audit("a\0b\uD83D" + new string('x', 10_000)), default);

        var page = await StorageUnderTest.UntilAsync(() =>
            storage.Get<IAuditReader>().ListAsync("t1", 10, null, default), page => page.Items.Length > 0);

        page.Items[0].Row.Target.Should().StartWith("a\uFFFDb\uFFFDxxx").And.HaveLength(StorageLimits.MaxColumnChars);
        (await storage.Get<IAuditReader>().FindFirstBrokenAsync(default)).Should().BeNull();
    }

    [Fact]
    public async Task Write_RowSets_ReplaceWhatTheGrainHad()
    {
        await using var storage = await engine.OpenAsync();
        await storage.PutAsync(Mac, "1", new StateEffects { Devices = [Rows.Device(Mac, "t1"), Rows.Device(Mac, "t2")] });
        await storage.PutAsync(Mac, "2", new StateEffects { Audit = [Rows.Audit("unchanged rows")] });
        (await storage.Inventory.FindDeviceAsync("t2", Mac, default)).Should().NotBeNull();

        await storage.PutAsync(Mac, "3", new StateEffects { Devices = [Rows.Device(Mac, "t1") with { Location = "Hall" }] });

        (await storage.Inventory.FindDeviceAsync("t1", Mac, default))!.Location.Should().Be("Hall");
        (await storage.Inventory.FindDeviceAsync("t2", Mac, default)).Should().BeNull();
    }

    [Fact]
    public async Task Write_UsersAndOperations_AreListedAndReplaced()
    {
        await using var storage = await engine.OpenAsync();
        var user = new UserRow
            { Tenant = "t1", UserId = "anna", DisplayName = "Anna", PhoneNumber = "+49301", CreatedAtUtc = StorageUnderTest.Noon };
        var operation = new OperationRow
        {
            Tenant = "t1", Id = "o1", Kind = "restart", Owner = $"device/{Mac}", Status = "RUNNING", CreatedAtUtc = StorageUnderTest.Noon,
        };
        await storage.PutAsync("t1/anna", "x", new StateEffects { Users = [user], Operations = [operation] }, "user");
        var ended = operation with { Status = "SUCCEEDED", EndedAtUtc = StorageUnderTest.Noon.AddSeconds(9), ResultsJson = "[]" };
        await storage.PutAsync("t1/anna", "y", new StateEffects { Operations = [ended] }, "user");

        (await storage.Inventory.ListUsersAsync("t1", 10, null, default)).Items.Should().Equal(user);
        (await storage.Inventory.FindOperationAsync("t1", "o1", default)).Should().Be(ended);
        (await storage.Inventory.FindOperationAsync("t2", "o1", default)).Should().BeNull();
        await storage.PutAsync("t1/anna", "z", new StateEffects { Users = [] }, "user");
        (await storage.Inventory.ListUsersAsync("t1", 10, null, default)).Items.Should().BeEmpty();
    }

    [Fact]
    public async Task Write_DueTime_IsFoundInItsShardWhenItHasCome()
    {
        await using var storage = await engine.OpenAsync();
        await storage.PutAsync("b", "x", new StateEffects { DueAtUtc = StorageUnderTest.Noon.AddMinutes(-1) });
        await storage.PutAsync("a", "x", new StateEffects { DueAtUtc = StorageUnderTest.Noon.AddMinutes(-2) });
        await storage.PutAsync("later", "x", new StateEffects { DueAtUtc = StorageUnderTest.Noon.AddSeconds(1) });

        (await DueAsync(storage)).Should().Equal(
            new DueGrain("device", "a", StorageUnderTest.Noon.AddMinutes(-2)),
            new DueGrain("device", "b", StorageUnderTest.Noon.AddMinutes(-1)));
        var shard = DueShard.Of("device", "a");
        (await storage.Get<IDueReader>().ReadAsync([shard], StorageUnderTest.Noon, 10, default)).Should().Contain(due => due.Key == "a");
        (await storage.Get<IDueReader>().ReadAsync([(shard + 1) % 64], StorageUnderTest.Noon, 10, default)).Should().NotContain(due =>
            due.Key == "a");

        await storage.PutAsync("a", "y", new StateEffects());
        (await DueAsync(storage)).Should().HaveCount(2);
        await storage.PutAsync("a", "z", new StateEffects { DueAtUtc = Due.Never });
        (await DueAsync(storage)).Should().ContainSingle().Which.Key.Should().Be("b");
    }

    [Fact]
    public async Task Read_ChangesAndRevocations_ComeInOrderAfterASequence()
    {
        await using var storage = await engine.OpenAsync();
        await storage.PutAsync("a", "1", new StateEffects { Revocations = [new("edge1", "a", 1), new("", "a", 1), new("edge2", "a", 1)] });
        await storage.PutAsync("a", "2");
        await storage.PutAsync("b", "1");

        // A feed holds back what is not known to be complete.
        var changes = await StorageUnderTest.UntilAsync(() => storage.Get<IChangeFeed>().ReadAsync(0, 10, default), rows => rows.Count == 3);
        changes.Select(change =>
            (change.GrainType, change.Key, change.Version)).Should().Equal(("device", "a", 1), ("device", "a", 2), ("device", "b", 1));
        (await StorageUnderTest.UntilAsync(
            () => storage.Get<IChangeFeed>().ReadAsync(changes[1].Sequence, 10, default), rows => rows.Count > 0)).Should().ContainSingle().Which.Key.Should().Be("b");
        var revocations = await storage.Get<IRevocationReader>().ReadAsync("edge1", 0, 10, default);
        revocations.Select(revocation => revocation.Row.Edge).Should().Equal("edge1", "");
        (await storage.Get<IRevocationReader>().ReadAsync("edge1", revocations[1].Sequence, 10, default)).Should().BeEmpty();
    }

    private static StateEntry Entry(string key, StateEffects effects) =>
        new(new StateKey("device", key, "state"), 0, """{"schemaVersion":2}""", effects);

    private static Task<IReadOnlyList<DueGrain>> DueAsync(StorageUnderTest storage) =>
        storage.Get<IDueReader>().ReadAsync([.. Enumerable.Range(0, IDueReader.ShardCount)], StorageUnderTest.Noon, 100, default);
}

public sealed class SqliteEffectTests() : EffectTests(TestEngine.Sqlite);

public sealed class PostgresEffectTests() : EffectTests(TestEngine.Postgres);
