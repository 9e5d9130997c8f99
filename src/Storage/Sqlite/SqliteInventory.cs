using System.Collections.Immutable;

namespace SipGateway.Storage;

/// <summary>Lists and look-ups on SQLite.</summary>
internal sealed partial class SqliteInventory(SqliteEngine engine) : IInventoryReader
{
    // With so few matches sorting them is cheaper than walking an index in order until a page is full.
    private const long FewMatches = 2000;

    private PageKeys? _pageKeys;

    public Task<Page<DeviceRow>> ListDevicesAsync(DeviceQuery query, CancellationToken cancellation)
    {
        DeviceQueryRules.Check(query);
        return engine.Readers.QueryAsync(session => ListDevices(session, query), cancellation);
    }

    public Task<DeviceRow?> FindDeviceAsync(string tenant, string mac, CancellationToken cancellation) => engine.Readers.QueryAsync(
        session => session
            .Read($"SELECT {DeviceColumns.All} FROM device d WHERE d.tenant = $1 AND d.mac = $2", DeviceColumns.Read, tenant, mac)
            .Select(row => Overlay(session, row)).SingleOrDefault(),
        cancellation);

    public Task<IReadOnlyList<DeviceRow>> FindDevicesOfUserAsync(string tenant, string userId, CancellationToken cancellation) =>
        engine.Readers.QueryAsync<IReadOnlyList<DeviceRow>>(
            session => session
                .Read($"SELECT {DeviceColumns.All} FROM device d WHERE d.tenant = $1 AND d.user_id = $2 ORDER BY d.mac",
                    DeviceColumns.Read, tenant, userId)
                .ConvertAll(row => Overlay(session, row)),
            cancellation);

    public Task<string?> FindOwnerAsync(UniqueKey key, CancellationToken cancellation) => engine.Readers.QueryAsync(
        session => session.Read("SELECT owner FROM unique_key WHERE kind = $1 AND key = $2", row =>
            row.GetString(0), key.Kind, key.Key).SingleOrDefault(),
        cancellation);

    private Page<DeviceRow> ListDevices(SqliteReadSession session, DeviceQuery query)
    {
        var fingerprint = DeviceQueryRules.Fingerprint(query);
        var after = Keys(session).Open(fingerprint, query.PageKey);
        var sql = new DeviceQuerySql(query);
        long? total = query.CountTotal ? session.Read(sql.Count(null, long.MaxValue), row => row.GetInt64(0), sql.Values)[0] : null;
        var page = sql.Page(ChooseIndex(session, query), after);
        var rows = session.Read(
            page, row => (Row: DeviceColumns.Read(row), Order: DeviceColumns.ToText(row.GetValue(row.FieldCount - 1))), sql.Values);
        var next = rows.Count > query.PageSize
            ? Keys(session).Seal(fingerprint, rows[query.PageSize - 1].Order, rows[query.PageSize - 1].Row.Mac)
            : null;
        return new Page<DeviceRow>([.. rows.Take(query.PageSize).Select(row => Overlay(session, row.Row))], next, total);
    }

    /// <summary>The index of the filter where few rows match, else the index of the order; SQLite alone would guess.</summary>
    private static string? ChooseIndex(SqliteReadSession session, DeviceQuery query)
    {
        if (query.Filter.Any(term => term.Field == DeviceField.Mac))
            return null;
        var order = DeviceColumns.Index(query.OrderBy);
        var driver = query.Filter.FirstOrDefault(
            term => term.Operator is FilterOperator.Equal or FilterOperator.StartsWith && DeviceColumns.Index(term.Field) is not null);
        if (driver is null)
            return order is null || query.Filter.IsEmpty || !Few(session, query, DeviceColumns.PrimaryKey) ? order : DeviceColumns.PrimaryKey;
        var filter = DeviceColumns.Index(driver.Field);
        if (driver.Field == query.OrderBy || (driver.Operator == FilterOperator.Equal && query.OrderBy == DeviceField.Mac))
            return filter;
        return Few(session, query with { Filter = [driver] }, filter) ? filter : order;
    }

    private static bool Few(SqliteReadSession session, DeviceQuery query, string? index)
    {
        var sql = new DeviceQuerySql(query);
        return session.Read(sql.Count(index, FewMatches), row => row.GetInt64(0), sql.Values)[0] < FewMatches;
    }

    private static DeviceRow Overlay(SqliteReadSession session, DeviceRow row) =>
        row.LastSeenAtUtc is null ? row : DeviceColumns.Overlay(row, session.ReadContacts(row.Mac));

    private PageKeys Keys(SqliteReadSession session) => _pageKeys ??= SqlitePageKeys.Read(session);
}
