namespace SipGateway.Storage.Tests.Moving;

public sealed class DataMoveTests
{
    // Young enough not to be pruned.
    private static readonly DateTimeOffset Today = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Move_EverySortOfRow_ArrivesAsItWasAndCanBeGoneOnWith()
    {
        var directory = await FillAsync(devices: 5000);
        var place = TestEngine.Postgres.NewPlace();
        var options = (await TestEngine.Postgres.OptionsAsync(place)).Postgres!;

        var moved = await new DataMove(options, TimeProvider.System).RunAsync(directory, (_, _) => { }, default);

        await using var target = await TestEngine.Postgres.OpenAsync(place);
        moved.Single(rows => rows.Table == "grain_state").Rows.Should().Be(5002);
        moved.Single(rows => rows.Table == "binding").Rows.Should().Be(5000);
        moved.Should().OnlyContain(rows => rows.Rows > 0);
        (await target.ReadAsync(Rows.Mac(7))).State.Note.Should().Be("note 7");
        var gone = await target.ReadAsync("gone");
        (gone.RecordExists, gone.ETag).Should().Be((false, "2"));
        (await target.Inventory.FindOwnerAsync(new UniqueKey("number", "+491"), default)).Should().Be("t1/anna");
        (await target.Inventory.FindDeviceAsync("t1", Rows.Mac(7), default))!.Location.Should().Be("Zimmer „7“ 📞");
        (await target.Inventory.ListTagsAsync("t1", default)).Should().BeEquivalentTo([new DeviceCount("vip", 2500)]);
        (await target.Get<IFleetHistoryReader>().ListAsync("t1", StorageUnderTest.Noon, default))[0].SignedIn.Should().Be(7);
        (await target.Get<IBindingStore>().ReadAsync<NoteState>(Rows.Mac(7), default)).Should().ContainSingle();
        (await target.Get<IDeviceEventReader>().ListAsync("t1", Rows.Mac(7), 10, null, default)).Items.Should().ContainSingle();

        // It goes on: versions, the chain of the journal, counted columns.
        await target.PutAsync(Rows.Mac(7), "after", new StateEffects
            { Audit = [Rows.Audit("after")], Events = [Rows.Event(Rows.Mac(7), "x.after", Today.AddDays(1))] });
        var audit = target.Get<IAuditReader>();
        var page = await StorageUnderTest.UntilAsync(() => audit.ListAsync("t1", 10, null, default), page => page.Items[0].Row.Target == "after");
        page.Items.Select(row => row.Sequence).Should().StartWith([5001L, 5000, 4999]);
        (await audit.FindFirstBrokenAsync(default)).Should().BeNull();
        (await target.Get<IDeviceEventReader>().ListAsync("t1", Rows.Mac(7), 10, null, default)).Items[0].Kind.Should().Be("x.after");

        var again = () => new DataMove(options, TimeProvider.System).RunAsync(directory, (_, _) => { }, default);
        await again.Should().ThrowAsync<StorageStartException>().WithMessage("*moved into this database already*");
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Move_CutShort_GoesOnWhereItWasAndNothingIsThereTwice()
    {
        var directory = await FillAsync(devices: 9000);
        var place = TestEngine.Postgres.NewPlace();
        var options = (await TestEngine.Postgres.OptionsAsync(place)).Postgres!;
        var cuts = 0;
        IReadOnlyList<MovedRows>? moved = null;
        while (moved is null)
        {
            using var cut = new CancellationTokenSource();
            var batches = 0;
            try
            {
                // Cut in the third batch of every attempt.
                moved = await new DataMove(options, TimeProvider.System).RunAsync(directory, (_, _) =>
                {
                    if (++batches == 3)
                        cut.Cancel();
                }, cut.Token);
            }
            catch (OperationCanceledException)
            {
                cuts++;
            }
        }

        cuts.Should().BeGreaterThan(5);
        moved.Single(rows => rows.Table == "device").Rows.Should().Be(9000);
        await TestEngine.Postgres.RemoveAsync(place);
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Move_IntoADatabaseOfAnotherGateway_IsRefusedAndChangesNothing()
    {
        var directory = await FillAsync(devices: 3);
        await using var target = await TestEngine.Postgres.OpenAsync();
        await target.PutAsync("other", "x");
        var options = (await TestEngine.Postgres.OptionsAsync(target.Place)).Postgres!;

        var move = () => new DataMove(options, TimeProvider.System).RunAsync(directory, (_, _) => { }, default);

        await move.Should().ThrowAsync<StorageStartException>().WithMessage("*another gateway*empty database*");
        (await target.ReadAsync(Rows.Mac(1))).RecordExists.Should().BeFalse();
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Move_WhileTheGatewayRuns_IsRefused()
    {
        await using var running = await TestEngine.Sqlite.OpenAsync();
        var options = new PostgresOptions { ConnectionString = "Host=127.0.0.1;Port=1" };

        var move = () => new DataMove(options, TimeProvider.System).RunAsync(running.Directory, (_, _) => { }, default);

        await move.Should().ThrowAsync<StorageStartException>().WithMessage("*in use*");
    }

    private static async Task<string> FillAsync(int devices)
    {
        var directory = TestEngine.Sqlite.NewPlace();
        await using var storage = await TestEngine.Sqlite.OpenAsync(directory);
        await Task.WhenAll(Enumerable.Range(0, devices).Select(i => storage.PutAsync(Rows.Mac(i), $"note {i}", new StateEffects
        {
            Devices = [Rows.Device(Rows.Mac(i)) with { Location = $"Zimmer „{i}“ 📞", LastSeenAtUtc = i % 2 == 0 ? null : StorageUnderTest.Noon, Tags = i % 2 == 0 ? "vip" : "" }],
            Audit = [Rows.Audit($"a{i}")],
            Events = [Rows.Event(Rows.Mac(i), "x.y", Today)],
            Bindings = [Rows.Binding(Rows.Mac(i), "b", 1, StorageUnderTest.Noon)],
            DueAtUtc = StorageUnderTest.Noon,
        })));
        await storage.PutAsync("t1/anna", "anna", new StateEffects
        {
            Users = [new UserRow { Tenant = "t1", UserId = "anna", CreatedAtUtc = StorageUnderTest.Noon }],
            TakenKeys = [new UniqueKey("number", "+491")],
            Operations =
            [
                new OperationRow { Tenant = "t1", Id = "o", Kind = "k", Owner = "x", Status = "RUNNING", CreatedAtUtc = StorageUnderTest.Noon },
            ],
        }, "user");
        await storage.Engine.AddFleetSamplesAsync(
            [new FleetSample { Tenant = "t1", AtUtc = StorageUnderTest.Noon, Devices = 9, Online = 8, SignedIn = 7, Attention = 0, SignIns = 1, FailedSignIns = 2 }],
            StorageUnderTest.Noon);
        var gone = await storage.PutAsync("gone", "x");
        await storage.Grains.ClearStateAsync("state", StorageUnderTest.IdOf("gone"), gone);
        await StorageUnderTest.UntilAsync(
            () => storage.Get<IAuditReader>().ListAsync("t1", 1, null, default), page => page.Items is [{ Sequence: var sequence }] && sequence == devices);
        return directory;
    }
}
