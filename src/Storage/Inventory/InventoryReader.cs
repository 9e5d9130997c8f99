namespace SipGateway.Storage;

/// <summary>Lists and look-ups.</summary>
internal sealed partial class InventoryReader(IReadRows rows) : IInventoryReader
{
    private readonly StoredPageKeys _pageKeys = new(rows);

    public async Task<Page<DeviceRow>> ListDevicesAsync(DeviceQuery query, CancellationToken cancellation)
    {
        DeviceQueryRules.Check(query);
        var fingerprint = DeviceQueryRules.Fingerprint(query);
        var keys = await _pageKeys.GetAsync(cancellation);
        var after = keys.Open(fingerprint, query.PageKey);
        long? total = query.CountTotal ? await CountAsync(query, null, long.MaxValue, cancellation) : null;
        var found = await ReadPageAsync(query, after, cancellation);
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

    private async Task<List<DeviceRow>> OverlayAsync(List<DeviceRow> devices, CancellationToken cancellation)
    {
        var seen = devices.Where(row => row.LastSeenAtUtc is not null).Select(row => row.Mac).ToList();
        if (seen.Count == 0)
            return devices;
        var ofSeen = $"SELECT {ContactColumns.All} FROM contact c WHERE {rows.Dialect.IsOneOf("c.mac", "$1")}";
        var contacts = (await rows.ReadAsync(ofSeen, ContactColumns.Read, cancellation, rows.Dialect.Set(seen)))
            .ToLookup(contact => contact.Mac, StringComparer.Ordinal);
        return devices.ConvertAll(row => DeviceColumns.Overlay(row, [.. contacts[row.Mac]]));
    }
}
