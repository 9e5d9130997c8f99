namespace SipGateway.Storage.Tests.Inventory;

/// <summary>Pages of more devices than are looked at at once: what a page is made of may be near, far, or some of each.</summary>
public abstract class DevicePagesTests(TestEngine engine)
{
    private const int Devices = 12_000;

    [Fact]
    public async Task List_MatchesNearAndFar_EveryOrderGivesEachOnce()
    {
        await using var storage = await engine.OpenAsync();
        await storage.Engine.CommitAsync([.. Enumerable.Range(0, Devices).Select(WriteEntry (i) => new StateEntry(
            new StateKey("device", Rows.Mac(i), "state"), 0, """{"schemaVersion":2}""", new StateEffects
            {
                Devices = [DeviceOf(i)],
                Bindings = IsOnline(i) ? [Rows.Binding(Rows.Contact(Rows.Mac(i), "b1", 1, StorageUnderTest.Noon))] : [],
            }))]);
        DeviceQuery all = new() { Tenant = "t1", PageSize = 150, NowUtc = StorageUnderTest.Noon };
        (DeviceQuery Query, Func<int, bool> Matches)[] queries =
        [
            (all with { Filter = [new(DeviceField.Connection, FilterOperator.Equal, "online")] }, IsOnline),
            (all with { Filter = [new(DeviceField.Connection, FilterOperator.Equal, "ONLINE"), new(DeviceField.State, FilterOperator.Equal, "SIGNED_IN")] },
                i => IsOnline(i) && i % 3 == 0),
            (all with { Filter = [new(DeviceField.Model, FilterOperator.NotEqual, "T41P")] }, IsOnline),
            (all with { Search = "ROOM 5" }, i => Room(i).StartsWith('5')),
        ];

        foreach (var (query, matches) in queries)
        {
            var expected = Enumerable.Range(0, Devices).Where(matches).Select(DeviceOf).ToList();
            foreach (var (order, by) in Orders)
            {
                (await storage.Inventory.MacsAsync(query with { OrderBy = order })).Should().Equal(
                    expected.OrderBy(by, StringComparer.Ordinal).ThenBy(row => row.Mac, StringComparer.Ordinal).Select(row => row.Mac));
                (await storage.Inventory.MacsAsync(query with { OrderBy = order, Descending = true })).Should().Equal(
                    expected.OrderByDescending(by, StringComparer.Ordinal).ThenByDescending(row => row.Mac, StringComparer.Ordinal).Select(row => row.Mac));
            }
        }
    }

    private static readonly (DeviceField Field, Func<DeviceRow, string> By)[] Orders =
    [
        (DeviceField.Mac, row => row.Mac),
        (DeviceField.State, row => row.State),
        (DeviceField.Location, row => row.Location),
        (DeviceField.LastSeen, row => $"{row.LastSeenAtUtc:o}"),
    ];

    // Many of the first, none in between, few of the last.
    private static bool IsOnline(int i) => i is < 300 or > 11_900 && i % 2 == 0;

    private static string Room(int i) => $"{i * 7919 % Devices}";

    private static DeviceRow DeviceOf(int i) => Rows.Device(Rows.Mac(i)) with
    {
        State = i % 3 == 0 ? "SIGNED_IN" : "ONBOARDED",
        Location = $"room {Room(i)}",
        Model = IsOnline(i) ? "T46S" : "T41P",
        LastSeenAtUtc = StorageUnderTest.Noon,
    };
}

public sealed class SqliteDevicePagesTests() : DevicePagesTests(TestEngine.Sqlite);

public sealed class PostgresDevicePagesTests() : DevicePagesTests(TestEngine.Postgres);
