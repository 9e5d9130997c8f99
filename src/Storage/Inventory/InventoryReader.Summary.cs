using System.Collections.Immutable;

namespace SipGateway.Storage;

/// <summary>Counts over all devices.</summary>
internal sealed partial class InventoryReader
{
    public async Task<IReadOnlyList<DeviceCount>> ListTagsAsync(string tenant, CancellationToken cancellation) => await rows.ReadAsync(
        "SELECT tag, COUNT(*) FROM device_tag WHERE tenant = $1 GROUP BY tag ORDER BY 2 DESC, 1 LIMIT $2",
        row => new DeviceCount(row.GetString(0), row.GetInt64(1)), cancellation, tenant, StorageLimits.MaxPageSize);

    public async Task<DeviceSummary> SummarizeDevicesAsync(
        DeviceQuery query, ImmutableArray<DeviceField> fields, int valueLimit, CancellationToken cancellation)
    {
        DeviceQueryRules.Check(query);
        if (fields.Any(field => !DeviceQueryRules.IsCounted(field)))
            throw new ArgumentException("Devices are not counted by a field whose values are as many as devices.", nameof(fields));
        var counted = new List<List<DeviceCount>>(fields.Length);
        foreach (var field in fields)
            counted.Add(await CountByAsync(query, field, valueLimit, cancellation));

        // Where no value is left out, the values' sum is the total, and counting anew would cost another scan.
        var whole = counted.Find(counts => counts.Count < valueLimit);
        var total = whole?.Sum(count => count.Devices) ?? await CountAsync(query, IndexOfFew(query), long.MaxValue, cancellation);

        // Devices may come and go between two counts.
        return new DeviceSummary(total, [.. counted.Select((counts, i) => new DeviceGroup(
            fields[i], [.. counts], counts.Count < valueLimit ? 0 : Math.Max(0, total - counts.Sum(count => count.Devices))))]);
    }

    // A database that knows its rows badly would rather go through all that have the field.
    private static string? IndexOfFew(DeviceQuery query) =>
        DeviceQuerySql.Driver(query) is { Field: DeviceField.Attention or DeviceField.Tags } few ? DeviceColumns.Index(few.Field) : null;

    private Task<List<DeviceCount>> CountByAsync(DeviceQuery query, DeviceField field, int valueLimit, CancellationToken cancellation)
    {
        // An index that has the field has all that is needed; whether a phone is there takes its row.
        var index = DeviceColumns.Index(field) ?? SqlDialect.DevicePrimaryKey;
        var sql = new DeviceQuerySql(query, rows.Dialect);
        var text = sql.Group(field, query.IsWhole ? index : IndexOfFew(query), valueLimit);
        return rows.ReadAsync(text, row => new DeviceCount(row.GetString(0), row.GetInt64(1)), cancellation, sql.Values);
    }
}
