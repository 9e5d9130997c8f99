using System.Collections.Immutable;

namespace SipGateway.Storage.Tests.Inventory;

/// <summary>Devices that need a person: few of many, found by an index of their own.</summary>
public abstract class AttentionTests(TestEngine engine)
{
    private static readonly DateTimeOffset Now = StorageUnderTest.Noon;

    [Theory]
    [InlineData(FilterOperator.Equal, "*", "2 3")]
    [InlineData(FilterOperator.NotEqual, "*", "1 4")]
    [InlineData(FilterOperator.Equal, "CONFLICT", "2 3")]
    [InlineData(FilterOperator.Equal, "code_locked", "3")]
    [InlineData(FilterOperator.NotEqual, "CODE_LOCKED", "1 2 4")]
    [InlineData(FilterOperator.Equal, "CODE", "")]
    [InlineData(FilterOperator.Equal, "' OR 1=1 --", "")]
    public async Task List_ByAttention_GivesWhatMatchesInEveryOrder(FilterOperator comparison, string value, string expected)
    {
        await using var storage = await FourDevicesAsync();
        foreach (var order in Rows.Orders)
        {
            var query = Query(new DeviceFilterTerm(DeviceField.Attention, comparison, value)) with { OrderBy = order, PageSize = 1 };
            string.Join(' ', (await MacsAsync(storage, query)).Order()).Should().Be(expected, $"ordered by {order}");
        }
    }

    [Fact]
    public async Task List_AttentionBesideAnotherFilter_BothHold()
    {
        await using var storage = await FourDevicesAsync();
        DeviceFilterTerm any = new(DeviceField.Attention, FilterOperator.Equal, "*"), state = new(DeviceField.State, FilterOperator.Equal, "SIGNED_IN");

        (await MacsAsync(storage, Query(any, state))).Should().Equal("3");
        (await MacsAsync(storage, Query(state, any))).Should().Equal("3");
        (await storage.Inventory.SummarizeDevicesAsync(Query(any), [DeviceField.State], 20, default)).Total.Should().Be(2);
    }

    [Fact]
    public async Task Row_WrittenAgain_HasTheAttentionOfTheLastWriting()
    {
        await using var storage = await FourDevicesAsync();

        await PutAsync(storage, 3, row => row);
        await PutAsync(storage, 4, row => row with { Attention = "SIGN_IN_FAILED" });

        (await storage.Inventory.FindDeviceAsync("t1", Rows.Mac(4), default))!.Attention.Should().Be("SIGN_IN_FAILED");
        (await MacsAsync(storage, Query(new DeviceFilterTerm(DeviceField.Attention, FilterOperator.Equal, "*")))).Should().Equal("2", "4");
    }

    [Fact]
    public async Task List_AttentionThatMeansNothing_IsRefused()
    {
        await using var storage = await engine.OpenAsync();
        var query = Query(new DeviceFilterTerm(DeviceField.Attention, FilterOperator.Less, "CONFLICT")) with { OrderBy = DeviceField.Attention };

        var refused = await Assert.ThrowsAsync<ArgumentException>(() => storage.Inventory.ListDevicesAsync(query, default));

        refused.Message.Should().ContainAll("no order", "equal or not equal to a reason");
        await Assert.ThrowsAsync<ArgumentException>(
            () => storage.Inventory.SummarizeDevicesAsync(Query(), [DeviceField.Attention], 20, default));
    }

    private static DeviceQuery Query(params ImmutableArray<DeviceFilterTerm> filter) => new() { Tenant = "t1", Filter = filter, NowUtc = Now };

    private static async Task<List<string>> MacsAsync(StorageUnderTest storage, DeviceQuery query) =>
        [.. (await storage.Inventory.MacsAsync(query)).Select(mac => mac.TrimStart('0'))];

    private static Task PutAsync(StorageUnderTest storage, int n, Func<DeviceRow, DeviceRow> change) => storage.PutAsync(
        Rows.Mac(n), "x", new StateEffects { Devices = [change(Rows.Device(Rows.Mac(n)) with { CreatedAtUtc = Now.AddMinutes(-n) })] });

    private async Task<StorageUnderTest> FourDevicesAsync()
    {
        var storage = await engine.OpenAsync();
        await PutAsync(storage, 1, row => row with { State = "SIGNED_IN" });
        await PutAsync(storage, 2, row => row with { Attention = "CONFLICT" });
        await PutAsync(storage, 3, row => row with { State = "SIGNED_IN", Attention = "CONFLICT CODE_LOCKED" });
        await PutAsync(storage, 4, row => row);
        return storage;
    }
}

public sealed class SqliteAttentionTests() : AttentionTests(TestEngine.Sqlite);

public sealed class PostgresAttentionTests() : AttentionTests(TestEngine.Postgres)
{
    [Fact]
    public async Task Schema_TheVersionBefore_StartsOnItAndWritesItsRows()
    {
        await using var storage = await TestEngine.Postgres.OpenAsync();
        var server = await PostgresServer.GetAsync();
        await storage.PutAsync(Rows.Mac(1), "x", new StateEffects { Devices = [Rows.Device(Rows.Mac(1)) with { Attention = "CONFLICT" }] });

        // What it asks before it starts, and what it writes.
        await server.ExecuteAsync(
            "DO $$ BEGIN ASSERT (SELECT readable_from FROM schema_version ORDER BY number DESC LIMIT 1) <= 2; END $$", storage.Place);
        foreach (var n in new[] { 1, 2 })
        {
            await server.ExecuteAsync($"""
                INSERT INTO device (tenant, mac, state, trust_level, location, location_key, vendor, model, firmware, user_id, site,
                    created_us, version, last_seen_us, source)
                VALUES ('t1', '{Rows.Mac(n)}', 'SIGNED_IN', 'TOKEN', '', '', '', '', '', '', '', 1, 1, NULL, '')
                ON CONFLICT (tenant, mac) DO UPDATE SET state = excluded.state
                """, storage.Place);
        }

        (await storage.Inventory.FindDeviceAsync("t1", Rows.Mac(1), default)).Should().BeEquivalentTo(new { State = "SIGNED_IN", Attention = "CONFLICT" });
        (await storage.Inventory.FindDeviceAsync("t1", Rows.Mac(2), default))!.Attention.Should().BeEmpty();
    }
}
