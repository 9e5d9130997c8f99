using System.Collections.Immutable;

namespace SipGateway.Storage.Tests.Inventory;

/// <summary>The tenant's own words for devices: found one by one, whoever wrote the row.</summary>
public abstract class TagTests(TestEngine engine)
{
    private const int Many = 2500;
    private static readonly DateTimeOffset Now = StorageUnderTest.Noon;

    [Theory]
    [InlineData(FilterOperator.Equal, "*", "2 3")]
    [InlineData(FilterOperator.NotEqual, "*", "1 4")]
    [InlineData(FilterOperator.Equal, "Floor 1", "2 3")]
    [InlineData(FilterOperator.Equal, "floor", "")]
    [InlineData(FilterOperator.NotEqual, "vip", "1 2 4")]
    [InlineData(FilterOperator.StartsWith, "F", "2 3")]
    [InlineData(FilterOperator.StartsWith, "straß", "3")]
    [InlineData(FilterOperator.Equal, "' OR 1=1 --", "")]
    public async Task List_ByTag_GivesWhatMatchesOnceInEveryOrder(FilterOperator comparison, string value, string expected)
    {
        await using var storage = await FourDevicesAsync();
        foreach (var order in Rows.Orders)
        {
            foreach (var descending in (bool[])[false, true])
            {
                var query = Query(new DeviceFilterTerm(DeviceField.Tags, comparison, value)) with { OrderBy = order, Descending = descending, PageSize = 1 };
                string.Join(' ', (await MacsAsync(storage, query)).Order()).Should().Be(expected, $"ordered by {order}");
            }
        }
    }

    [Fact]
    public async Task List_TagBesideOtherFilters_AllHold()
    {
        await using var storage = await FourDevicesAsync();
        DeviceFilterTerm floor = new(DeviceField.Tags, FilterOperator.Equal, "floor 1"), vip = new(DeviceField.Tags, FilterOperator.Equal, "vip");
        DeviceFilterTerm state = new(DeviceField.State, FilterOperator.Equal, "SIGNED_IN"), any = new(DeviceField.Attention, FilterOperator.Equal, "*");

        (await MacsAsync(storage, Query(floor, state))).Should().Equal("3");
        (await MacsAsync(storage, Query(state, floor))).Should().Equal("3");
        (await MacsAsync(storage, Query(vip, floor))).Should().Equal("3");
        (await MacsAsync(storage, Query(any, floor))).Should().BeEmpty();
        (await MacsAsync(storage, Query(floor) with { Search = "000000000002" })).Should().Equal("2");
        (await storage.Inventory.SummarizeDevicesAsync(Query(floor), [DeviceField.State], 20, default)).Total.Should().Be(2);
        (await storage.Inventory.ListDevicesAsync(Query(floor) with { CountTotal = true }, default)).Total.Should().Be(2);
    }

    [Fact]
    public async Task Tags_FollowTheRow_WhenItIsWrittenAgainAndWhenItGoes()
    {
        await using var storage = await FourDevicesAsync();

        await PutAsync(storage, 2, row => row with { Tags = "new,vip" });
        await PutAsync(storage, 4, row => row with { Tags = "new" });
        (await TagsAsync(storage)).Should().Equal("new 2", "vip 2", "floor 1 1", "straße 1");

        await PutAsync(storage, 2, row => row with { Version = 9, Tags = "new,vip" });
        await PutAsync(storage, 3, row => row);
        await storage.PutAsync(Rows.Mac(4), "x", new StateEffects { Devices = [] });
        (await TagsAsync(storage)).Should().Equal("new 1", "vip 1");
        (await MacsAsync(storage, Query(new DeviceFilterTerm(DeviceField.Tags, FilterOperator.Equal, "new")))).Should().Equal("2");
        (await storage.Inventory.ListTagsAsync("t2", default)).Should().BeEmpty();
    }

    [Fact]
    public async Task List_ATagOfMany_PagesThroughAllInOrder()
    {
        await using var storage = await engine.OpenAsync();
        await storage.Engine.CommitAsync([.. Enumerable.Range(1, Many).Select(WriteEntry (n) => new StateEntry(
            new StateKey("device", Rows.Mac(n), "state"), 0, "{}", new StateEffects { Devices = [Device(n) with
                { Tags = n % 100 == 0 ? "common,rare" : "common", State = n % 2 == 0 ? "SIGNED_IN" : "ONBOARDED" }] }))]);
        DeviceFilterTerm common = new(DeviceField.Tags, FilterOperator.Equal, "common"), rare = new(DeviceField.Tags, FilterOperator.Equal, "rare");
        DeviceFilterTerm state = new(DeviceField.State, FilterOperator.Equal, "SIGNED_IN");
        var all = Enumerable.Range(1, Many).Select(Rows.Mac).ToList();

        (await storage.Inventory.MacsAsync(Query(common))).Should().Equal(all);
        (await storage.Inventory.MacsAsync(Query(common) with { Descending = true })).Should().Equal(Enumerable.Reverse(all));
        (await storage.Inventory.MacsAsync(Query(common, state))).Should().Equal(all.Where((_, i) => i % 2 == 1));
        (await storage.Inventory.MacsAsync(Query(common, state) with { OrderBy = DeviceField.CreateTime })).Should().Equal(all.Where((_, i) => i % 2 == 1).Reverse());
        (await storage.Inventory.MacsAsync(Query(rare))).Should().Equal(all.Where((_, i) => i % 100 == 99));
        (await TagsAsync(storage)).Should().Equal($"common {Many}", $"rare {Many / 100}");
    }

    [Fact]
    public async Task List_TagsThatMeanNothing_AreRefused()
    {
        await using var storage = await engine.OpenAsync();
        var query = Query(new DeviceFilterTerm(DeviceField.Tags, FilterOperator.Less, "vip")) with { OrderBy = DeviceField.Tags };

        var refused = await Assert.ThrowsAsync<ArgumentException>(() => storage.Inventory.ListDevicesAsync(query, default));

        refused.Message.Should().ContainAll("no order", "equal, not equal or begin");
        await Assert.ThrowsAsync<ArgumentException>(() => storage.Inventory.SummarizeDevicesAsync(Query(), [DeviceField.Tags], 20, default));
    }

    private static DeviceQuery Query(params ImmutableArray<DeviceFilterTerm> filter) => new() { Tenant = "t1", Filter = filter, NowUtc = Now };

    private static async Task<List<string>> TagsAsync(StorageUnderTest storage) =>
        [.. (await storage.Inventory.ListTagsAsync("t1", default)).Select(tag => $"{tag.Value} {tag.Devices}")];

    private static async Task<List<string>> MacsAsync(StorageUnderTest storage, DeviceQuery query) =>
        [.. (await storage.Inventory.MacsAsync(query)).Select(mac => mac.TrimStart('0'))];

    private static DeviceRow Device(int n) => Rows.Device(Rows.Mac(n)) with { CreatedAtUtc = Now.AddMinutes(-n) };

    private static Task PutAsync(StorageUnderTest storage, int n, Func<DeviceRow, DeviceRow> change) =>
        storage.PutAsync(Rows.Mac(n), "x", new StateEffects { Devices = [change(Device(n))] });

    private async Task<StorageUnderTest> FourDevicesAsync()
    {
        var storage = await engine.OpenAsync();
        await PutAsync(storage, 1, row => row with { State = "SIGNED_IN" });
        await PutAsync(storage, 2, row => row with { Tags = "floor 1" });
        await PutAsync(storage, 3, row => row with { State = "SIGNED_IN", Tags = "floor 1,straße,vip" });
        await PutAsync(storage, 4, row => row with { Attention = "CONFLICT" });
        return storage;
    }
}

public sealed class SqliteTagTests() : TagTests(TestEngine.Sqlite);

public sealed class PostgresTagTests() : TagTests(TestEngine.Postgres);
