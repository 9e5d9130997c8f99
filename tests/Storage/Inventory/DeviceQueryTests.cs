using System.Collections.Immutable;

namespace SipGateway.Storage.Tests.Inventory;

public abstract class DeviceQueryTests(TestEngine engine)
{
    private static readonly DateTimeOffset Now = StorageUnderTest.Noon;

    [Theory]
    [InlineData(DeviceField.Mac, false, "000000000001 000000000002 000000000003 000000000004")]
    [InlineData(DeviceField.Mac, true, "000000000004 000000000003 000000000002 000000000001")]
    [InlineData(DeviceField.Location, false, "000000000004 000000000002 000000000001 000000000003")]
    [InlineData(DeviceField.Location, true, "000000000003 000000000001 000000000002 000000000004")]
    [InlineData(DeviceField.State, false, "000000000001 000000000003 000000000002 000000000004")]
    [InlineData(DeviceField.CreateTime, true, "000000000001 000000000002 000000000003 000000000004")]
    [InlineData(DeviceField.LastSeen, false, "000000000001 000000000002 000000000004 000000000003")]
    [InlineData(DeviceField.LastSeen, true, "000000000003 000000000004 000000000002 000000000001")]
    public async Task List_EveryPageSize_GivesTheSameOrder(DeviceField order, bool descending, string expected)
    {
        await using var storage = await FourDevicesAsync();
        for (var pageSize = 1; pageSize <= 5; pageSize++)
        {
            var macs = await storage.Inventory.MacsAsync(Query() with { OrderBy = order, Descending = descending, PageSize = pageSize });
            string.Join(' ', macs).Should().Be(expected);
        }
    }

    [Theory]
    [InlineData(DeviceField.State, FilterOperator.Equal, "onboarded", "1 3")]
    [InlineData(DeviceField.State, FilterOperator.NotEqual, "ONBOARDED", "2 4")]
    [InlineData(DeviceField.Location, FilterOperator.Equal, "ZÜRICH", "1")]
    [InlineData(DeviceField.Location, FilterOperator.StartsWith, "zÜ", "1 3")]
    [InlineData(DeviceField.Mac, FilterOperator.StartsWith, "0000000000", "1 2 3 4")]
    [InlineData(DeviceField.Mac, FilterOperator.Equal, "000000000003", "3")]
    [InlineData(DeviceField.Model, FilterOperator.StartsWith, "t4", "1 2")]
    [InlineData(DeviceField.Model, FilterOperator.Greater, "T46S", "3 4")]
    [InlineData(DeviceField.CreateTime, FilterOperator.Less, "2026-05-04T11:58:00Z", "3 4")]
    [InlineData(DeviceField.LastSeen, FilterOperator.Less, "2026-05-04T11:30:00Z", "2")]
    [InlineData(DeviceField.LastSeen, FilterOperator.Greater, "2026-05-04T11:30:00+00:00", "3 4")]
    [InlineData(DeviceField.Connection, FilterOperator.Equal, "ONLINE", "3")]
    [InlineData(DeviceField.Connection, FilterOperator.Equal, "offline", "2 4")]
    [InlineData(DeviceField.Connection, FilterOperator.Equal, "NEVER_SEEN", "1")]
    [InlineData(DeviceField.Connection, FilterOperator.NotEqual, "NEVER_SEEN", "2 3 4")]
    [InlineData(DeviceField.UserId, FilterOperator.Equal, "' OR 1=1 --", "")]
    public async Task List_OneFilter_GivesWhatMatchesInEveryOrder(DeviceField field, FilterOperator comparison, string value,
        string expected)
    {
        await using var storage = await FourDevicesAsync();
        foreach (var order in Rows.Orders)
        {
            var macs =
                await storage.Inventory.MacsAsync(Query(new DeviceFilterTerm(field, comparison, value)) with { OrderBy = order, PageSize = 1 });
            string.Join(' ', macs.Select(mac => mac.TrimStart('0')).Order()).Should().Be(expected, $"ordered by {order}");
        }
    }

    [Fact]
    public async Task Lines_AreFoundByTheirDevice_AndAreNoDevicesThemselves()
    {
        await using var storage = await FourDevicesAsync();
        foreach (var key in new[] { "000000000001-010", "000000000001-002", "000000000002-002" })
            await storage.PutAsync(key, "x", new StateEffects { Devices = [Rows.Device(key) with { UserId = "ann" }] });

        (await storage.Inventory.FindLinesAsync("t1", "000000000001", default)).Select(row => row.Mac).Should().Equal("000000000001-002", "000000000001-010");
        (await storage.Inventory.FindLinesAsync("t2", "000000000001", default)).Should().BeEmpty();
        (await storage.Inventory.MacsAsync(Query())).Should().HaveCount(4);
        (await storage.Inventory.ListDevicesAsync(Query() with { CountTotal = true }, default)).Total.Should().Be(4);
        (await storage.Inventory.FindDevicesOfUserAsync("t1", "ann", default)).Should().HaveCountGreaterThanOrEqualTo(3, "a line rings as well");
    }

    [Fact]
    public async Task List_TwoFilters_BothHoldAndTheTotalIsCounted()
    {
        await using var storage = await FourDevicesAsync();

        var page = await storage.Inventory.ListDevicesAsync(
            Query(new(DeviceField.State, FilterOperator.Equal, "ONBOARDED"), new(DeviceField.Location, FilterOperator.StartsWith, "zü"))
                with { PageSize = 1, CountTotal = true },
            default);

        page.Items.Should().ContainSingle();
        page.Total.Should().Be(2);
    }

    [Fact]
    public async Task List_AnotherTenant_SeesNothing()
    {
        await using var storage = await FourDevicesAsync();

        (await storage.Inventory.ListDevicesAsync(Query() with { Tenant = "t2" }, default)).Items.Should().BeEmpty();
    }

    [Fact]
    public async Task List_WhileRowsAreInserted_ShowsEveryOldRowOnce()
    {
        await using var storage = await engine.OpenAsync();
        await Task.WhenAll(Enumerable.Range(1, 100).Select(i => PutAsync(storage, i * 10, row => row with { Location = $"L{i % 7}" })));
        var seen = new List<string>();
        string? key = null;
        var inserted = 0;
        do
        {
            var page = await storage.Inventory.ListDevicesAsync(Query() with
                { OrderBy = DeviceField.Location, PageSize = 9, PageKey = key }, default);
            seen.AddRange(page.Items.Select(row => row.Mac));
            key = page.NextKey;
            await PutAsync(storage, (inserted++ * 10) + 5, row => row with { Location = $"L{inserted % 7}" });
        }
        while (key is not null);

        seen.Should().OnlyHaveUniqueItems();
        seen.Should().Contain(Enumerable.Range(1, 100).Select(i => Rows.Mac(i * 10)));
    }

    [Fact]
    public async Task List_PageKeyOfAnotherQueryOrTamperedWith_IsRefused()
    {
        await using var storage = await FourDevicesAsync();
        var query = Query() with { PageSize = 2 };
        var key = (await storage.Inventory.ListDevicesAsync(query, default)).NextKey!;
        string[] wrong = [key + "A", "A" + key, key[..^1] + (key[^1] == 'A' ? 'B' : 'A'), "%%%", "AAAA", key.ToUpperInvariant()];

        foreach (var tampered in wrong)
            await RefusesAsync(query with { PageKey = tampered });
        await RefusesAsync(query with { PageKey = key, Tenant = "t2" });
        await RefusesAsync(query with { PageKey = key, OrderBy = DeviceField.Model });
        await RefusesAsync(query with { PageKey = key, Descending = true });
        await RefusesAsync(query with { PageKey = key, Filter = [new(DeviceField.Model, FilterOperator.Equal, "x")] });
        (await storage.Inventory.ListDevicesAsync(query with { PageKey = key, PageSize = 1 }, default)).Items.Should().ContainSingle();

        async Task RefusesAsync(DeviceQuery bad) =>
            await Assert.ThrowsAsync<ArgumentException>(() => storage.Inventory.ListDevicesAsync(bad, default));
    }

    [Fact]
    public async Task List_QueryThatMeansNothing_IsRefusedWithEveryReason()
    {
        await using var storage = await engine.OpenAsync();
        var query = Query(
            new(DeviceField.LastSeen, FilterOperator.Less, "yesterday"),
            new(DeviceField.Connection, FilterOperator.Less, "ONLINE"),
            new(DeviceField.Connection, FilterOperator.Equal, "MAYBE"),
            new(DeviceField.Model, FilterOperator.Equal, "nul\0")) with { PageSize = 0, OrderBy = DeviceField.Connection };

        var refused = await Assert.ThrowsAsync<ArgumentException>(() => storage.Inventory.ListDevicesAsync(query, default));

        refused.Message.Should().ContainAll("page size", "yesterday", "MAYBE", "equal or not equal", "LastSeen", "U+0000");
    }

    [Fact]
    public async Task Find_SeveralDevices_AreTheTenantsOwn_EachAsItIsFoundAlone()
    {
        await using var storage = await engine.OpenAsync();
        for (var n = 1; n <= 3; n++)
        {
            var row = Rows.Device(Rows.Mac(n), n == 3 ? "other" : "t1") with { LastSeenAtUtc = Now.AddHours(-1) };
            await storage.PutAsync(row.Mac, "x", new StateEffects { Devices = [row], Bindings = [Rows.Binding(row.Mac, $"b{n}", 1, Now)] });
        }

        var found = await storage.Inventory.FindDevicesAsync("t1", [Rows.Mac(1), Rows.Mac(2), Rows.Mac(3), Rows.Mac(4), "'; --"], default);

        DeviceRow[] alone =
            [(await storage.Inventory.FindDeviceAsync("t1", Rows.Mac(1), default))!, (await storage.Inventory.FindDeviceAsync("t1", Rows.Mac(2), default))!];
        found.OrderBy(row => row.Mac, StringComparer.Ordinal).Should().Equal(alone);
        found.Should().OnlyContain(row => row.LastSeenAtUtc == Now);
        (await storage.Inventory.FindDevicesAsync("t1", [], default)).Should().BeEmpty();
    }

    [Fact]
    public async Task Find_Device_ShowsContactsToTheHolderAndNotToAClaimant()
    {
        await using var storage = await engine.OpenAsync();
        var mac = Rows.Mac(1);
        await storage.PutAsync(mac, "x", new StateEffects
        {
            Devices = [Rows.Device(mac) with { LastSeenAtUtc = Now.AddHours(-1) }, Rows.Device(mac, "claimant")],
            Bindings = [Rows.Binding(mac, "b1", 1, Now)],
        });

        var held = (await storage.Inventory.FindDeviceAsync("t1", mac, default))!;
        held.LastSeenAtUtc.Should().Be(Now);
        held.BindingExpiresAtUtc.Should().Be(Now.AddMinutes(5));
        held.Source.Should().Be("192.0.2.1:5060");
        var claimed = (await storage.Inventory.FindDeviceAsync("claimant", mac, default))!;
        claimed.Should().Be(Rows.Device(mac, "claimant"));
        var online = Query(new DeviceFilterTerm(DeviceField.Connection, FilterOperator.Equal, "ONLINE"));
        (await storage.Inventory.MacsAsync(online)).Should().Equal(mac);
        (await storage.Inventory.MacsAsync(online with { Tenant = "claimant" })).Should().BeEmpty();
    }

    private static DeviceQuery Query(params ImmutableArray<DeviceFilterTerm> filter) =>
        new() { Tenant = "t1", Filter = filter, NowUtc = Now };

    private static Task PutAsync(StorageUnderTest storage, int n, Func<DeviceRow, DeviceRow> change,
        params ImmutableArray<ContactRow> contacts) =>
        storage.PutAsync(Rows.Mac(n), "x", new StateEffects
        {
            Devices = [change(Rows.Device(Rows.Mac(n)) with { CreatedAtUtc = Now.AddMinutes(-n) })],
            Bindings = [.. contacts.Select(contact => Rows.Binding(contact))],
        });

    private async Task<StorageUnderTest> FourDevicesAsync()
    {
        var storage = await engine.OpenAsync();
        await PutAsync(storage, 1, row => row with { Location = "Zürich", Model = "T46S" });
        await PutAsync(storage, 2, row =>
            row with { Location = "bern", Model = "T41P", State = "SIGNED_IN", LastSeenAtUtc = Now.AddHours(-1) });
        await PutAsync(
            storage, 3, row => row with { Location = "ZÜRICH NORD", Model = "VVX 411", LastSeenAtUtc = Now.AddHours(-2) },
            Rows.Contact(Rows.Mac(3), "b1", 1, Now.AddMinutes(-1)));
        await PutAsync(
            storage, 4, row => row with { Location = "", Model = "VVX 411", State = "SIGNED_IN", LastSeenAtUtc = Now.AddMinutes(-20) },
            Rows.Contact(Rows.Mac(4), "b1", 1, Now.AddMinutes(-10)));
        return storage;
    }
}

public sealed class SqliteDeviceQueryTests() : DeviceQueryTests(TestEngine.Sqlite);

public sealed class PostgresDeviceQueryTests() : DeviceQueryTests(TestEngine.Postgres);
