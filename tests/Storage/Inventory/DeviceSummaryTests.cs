using System.Collections.Immutable;

namespace SipGateway.Storage.Tests.Inventory;

public abstract class DeviceSummaryTests(TestEngine engine)
{
    private static readonly DateTimeOffset Now = StorageUnderTest.Noon;
    private static readonly DeviceField[] All =
    [
        DeviceField.State, DeviceField.Connection, DeviceField.TrustLevel, DeviceField.Vendor, DeviceField.Model, DeviceField.Firmware, DeviceField.Site,
    ];

    [Fact]
    public async Task Summarize_AllFields_CountsEachDeviceOnceAndTheCommonestFirst()
    {
        await using var storage = await FilledAsync();

        var summary = await storage.Inventory.SummarizeDevicesAsync(Query(), [.. All], 20, default);

        summary.Total.Should().Be(5, "lines are no devices, and another tenant's are others");
        summary.Groups.Select(group => group.Field).Should().Equal(All);
        Told(summary, DeviceField.State).Should().Be("SIGNED_IN 3, ONBOARDED 2");
        Told(summary, DeviceField.Connection).Should().Be("NEVER_SEEN 2, OFFLINE 2, ONLINE 1");
        Told(summary, DeviceField.Model).Should().Be("T46S 3,  2", "case alone makes no other model");
        summary.Groups.Should().OnlyContain(group => group.OtherCount == 0);
    }

    [Fact]
    public async Task Summarize_MoreValuesThanAskedFor_CountsTheRestTogether()
    {
        await using var storage = await FilledAsync();

        var group = (await storage.Inventory.SummarizeDevicesAsync(Query(), [DeviceField.Firmware], 1, default)).Groups.Single();

        group.Counts.Should().Equal(new DeviceCount("66.84.0.15", 3));
        group.OtherCount.Should().Be(2);
    }

    [Fact]
    public async Task Summarize_Filtered_CountsWhatMatches()
    {
        await using var storage = await FilledAsync();
        DeviceFilterTerm[] filter = [new(DeviceField.Site, FilterOperator.Equal, "HQ"), new(DeviceField.Connection, FilterOperator.NotEqual, "ONLINE")];

        var summary = await storage.Inventory.SummarizeDevicesAsync(Query() with { Filter = [.. filter] }, [.. All], 20, default);

        summary.Total.Should().Be(2);
        Told(summary, DeviceField.Connection).Should().Be("NEVER_SEEN 1, OFFLINE 1");
        (await storage.Inventory.SummarizeDevicesAsync(Query() with { Search = "nowhere" }, [.. All], 20, default)).Groups
            .Should().OnlyContain(group => group.Counts.IsEmpty);
    }

    [Theory]
    [InlineData(DeviceField.Mac)]
    [InlineData(DeviceField.LastSeen)]
    [InlineData(DeviceField.UserId)]
    public async Task Summarize_ByWhatEveryDeviceHasForItself_IsRefused(DeviceField field)
    {
        await using var storage = await engine.OpenAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => storage.Inventory.SummarizeDevicesAsync(Query(), [field], 20, default));
    }

    private static string Told(DeviceSummary summary, DeviceField field) =>
        string.Join(", ", summary.Groups.Single(group => group.Field == field).Counts.Select(count => $"{count.Value} {count.Devices}"));

    private static DeviceQuery Query() => new() { Tenant = "t1", NowUtc = Now };

    private async Task<StorageUnderTest> FilledAsync()
    {
        var storage = await engine.OpenAsync();
        var seen = Now.AddHours(-1);
        DeviceRow[] rows =
        [
            Rows.Device(Rows.Mac(1)) with { State = "SIGNED_IN", Model = "T46S", Firmware = "66.84.0.15", Site = "hq", LastSeenAtUtc = seen },
            Rows.Device(Rows.Mac(2)) with { State = "SIGNED_IN", Model = "T46S", Firmware = "66.84.0.15", Site = "hq", LastSeenAtUtc = seen },
            Rows.Device(Rows.Mac(3)) with { State = "SIGNED_IN", Model = "t46s", Firmware = "66.85.0.5", Site = "lab", LastSeenAtUtc = seen },
            Rows.Device(Rows.Mac(4)) with { Site = "hq" },
            Rows.Device(Rows.Mac(5)) with { Firmware = "66.84.0.15" },
            Rows.Device(Rows.Mac(1) + "-002") with { State = "SIGNED_IN", Model = "T46S" },
        ];
        foreach (var row in rows)
            await storage.PutAsync(row.Mac, "x", new StateEffects { Devices = [row], Bindings = BindingsOf(row) });
        await storage.PutAsync(Rows.Mac(9), "x", new StateEffects { Devices = [Rows.Device(Rows.Mac(9), "t2")] });
        return storage;
    }

    // The first is there, the second was.
    private static ImmutableArray<BindingRow> BindingsOf(DeviceRow row) => row.Mac == Rows.Mac(1) ? [Rows.Binding(row.Mac, "b", 1, Now)]
        : row.Mac == Rows.Mac(2) ? [Rows.Binding(row.Mac, "b", 1, Now.AddHours(-1))] : [];
}

public sealed class SqliteDeviceSummaryTests() : DeviceSummaryTests(TestEngine.Sqlite);

public sealed class PostgresDeviceSummaryTests() : DeviceSummaryTests(TestEngine.Postgres);
