using System.Data.Common;

namespace SipGateway.Storage;

/// <summary>Lists and look-ups.</summary>
internal sealed partial class InventoryReader(IReadRows rows) : IInventoryReader
{
    // With so few matches sorting them is cheaper than walking an index in order until a page is full.
    private const long FewMatches = 2000;

    private readonly StoredPageKeys _pageKeys = new(rows);

    public async Task<Page<DeviceRow>> ListDevicesAsync(DeviceQuery query, CancellationToken cancellation)
    {
        DeviceQueryRules.Check(query);
        var fingerprint = DeviceQueryRules.Fingerprint(query);
        var keys = await _pageKeys.GetAsync(cancellation);
        var after = keys.Open(fingerprint, query.PageKey);
        long? total = query.CountTotal ? await CountAsync(query, null, long.MaxValue, cancellation) : null;
        var sql = new DeviceQuerySql(query, rows.Dialect);
        var path = await ChoosePathAsync(query, cancellation);
        var page = sql.Page(path, after);
        var found = await (path.Index == DeviceColumns.Index(query.OrderBy) && query.OrderBy != DeviceField.LastSeen
            ? rows.ReadInOrderAsync(page, ReadListed, cancellation, sql.Values)
            : rows.ReadAsync(page, ReadListed, cancellation, sql.Values));
        var next = found.Count > query.PageSize
            ? keys.Seal(fingerprint, found[query.PageSize - 1].Order, found[query.PageSize - 1].Row.Mac)
            : null;
        return new Page<DeviceRow>([.. await OverlayAsync([.. found.Take(query.PageSize).Select(item => item.Row)], cancellation)], next, total);
    }

    public async Task<DeviceRow?> FindDeviceAsync(string tenant, string mac, CancellationToken cancellation)
    {
        var found = await rows.ReadAsync(
            $"SELECT {DeviceColumns.All} FROM device d WHERE d.tenant = $1 AND d.mac = $2", DeviceColumns.Read, cancellation, tenant, mac);
        return (await OverlayAsync(found, cancellation)).SingleOrDefault();
    }

    public async Task<IReadOnlyList<DeviceRow>> FindDevicesAsync(string tenant, IReadOnlyCollection<string> macs, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(macs.Count, StorageLimits.MaxPageSize);
        return macs.Count == 0 ? [] : await OverlayAsync(
            await rows.ReadAsync(
                $"SELECT {DeviceColumns.All} FROM device d WHERE d.tenant = $1 AND {rows.Dialect.IsOneOf("d.mac", "$2")}", DeviceColumns.Read, cancellation,
                tenant, rows.Dialect.Set(macs)),
            cancellation);
    }

    public async Task<IReadOnlyList<DeviceRow>> FindLinesAsync(string tenant, string mac, CancellationToken cancellation) => await OverlayAsync(
        await rows.ReadAsync(
            $"SELECT {DeviceColumns.All} FROM device d WHERE d.tenant = $1 AND d.mac > $2 AND d.mac < $3 ORDER BY d.mac", DeviceColumns.Read, cancellation,
            tenant, mac + "-", mac + "."),
        cancellation);

    public async Task<IReadOnlyList<DeviceRow>> FindDevicesOfUserAsync(string tenant, string userId, CancellationToken cancellation)
    {
        var user = rows.Dialect.Expression(DeviceField.UserId);
        return await OverlayAsync(
            await rows.ReadAsync(
                $"SELECT {DeviceColumns.All} FROM device d WHERE d.tenant = $1 AND {user} = $2 ORDER BY d.mac", DeviceColumns.Read, cancellation,
                tenant, rows.Dialect.Comparable(DeviceField.UserId, userId)),
            cancellation);
    }

    public async Task<string?> FindOwnerAsync(UniqueKey key, CancellationToken cancellation) => (await rows.ReadAsync(
        "SELECT owner FROM unique_key WHERE kind = $1 AND key = $2", row => row.GetString(0), cancellation, key.Kind, key.Key)).SingleOrDefault();

    /// <summary>The index of the filter where few rows match, else the index of the order; the database alone would guess.</summary>
    private async Task<DevicePath> ChoosePathAsync(DeviceQuery query, CancellationToken cancellation)
    {
        if (query.Filter.Any(term => term.Field == DeviceField.Mac))
            return default;
        var order = DeviceColumns.Index(query.OrderBy);
        var driver = query.Filter.FirstOrDefault(
            term => term.Operator is FilterOperator.Equal or FilterOperator.StartsWith && DeviceColumns.Index(term.Field) is not null);
        if (driver is null)
        {
            return order is null || query.Filter.IsEmpty || !await AreFewAsync(query, SqlDialect.DevicePrimaryKey, cancellation)
                ? new(order)
                : new(SqlDialect.DevicePrimaryKey, IsFew: true);
        }

        var filter = DeviceColumns.Index(driver.Field);
        if (driver.Field == query.OrderBy || (driver.Operator == FilterOperator.Equal && query.OrderBy == DeviceField.Mac))
            return new(filter);
        return await AreFewAsync(query with { Filter = [driver] }, filter, cancellation) ? new(filter, IsFew: true) : new(order);
    }

    private static (DeviceRow Row, string Order) ReadListed(DbDataReader row) =>
        (DeviceColumns.Read(row), DeviceColumns.ToText(row.GetValue(row.FieldCount - 1)));

    private async Task<bool> AreFewAsync(DeviceQuery query, string? index, CancellationToken cancellation) =>
        await CountAsync(query, index, FewMatches, cancellation) < FewMatches;

    private async Task<long> CountAsync(DeviceQuery query, string? index, long limit, CancellationToken cancellation)
    {
        var sql = new DeviceQuerySql(query, rows.Dialect);
        return (await rows.ReadAsync(sql.Count(index, limit), row => row.GetInt64(0), cancellation, sql.Values))[0];
    }

    private async Task<List<DeviceRow>> OverlayAsync(List<DeviceRow> devices, CancellationToken cancellation)
    {
        var seen = devices.Where(row => row.LastSeenAtUtc is not null).Select(row => row.Mac).ToList();
        if (seen.Count == 0)
            return devices;
        var contacts = (await rows.ReadAsync(rows.Dialect.ContactsOfDevices, ContactColumns.Read, cancellation, rows.Dialect.Set(seen)))
            .ToLookup(contact => contact.Mac, StringComparer.Ordinal);
        return devices.ConvertAll(row => DeviceColumns.Overlay(row, [.. contacts[row.Mac]]));
    }
}
