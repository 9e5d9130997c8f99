using System.Data.Common;

namespace SipGateway.Storage;

/// <summary>How the rows of a page are reached; the database alone would guess.</summary>
internal sealed partial class InventoryReader
{
    // With so few matches sorting them is cheaper than walking an index in order until a page is full.
    private const long FewMatches = 2000;

    // Where an index does not know the filter, its next rows are looked at before all are: a page is nearly always among so many.
    private const int NearRows = 5000;

    private async Task<List<(DeviceRow Row, string Order)>> ReadPageAsync(DeviceQuery query, string[]? after, CancellationToken cancellation)
    {
        var driver = DeviceQuerySql.Driver(query);
        // Rows of one value are in the order of their MACs in its index.
        var ordered = query.OrderBy == DeviceField.Mac && driver is { Operator: FilterOperator.Equal } ? driver.Field : query.OrderBy;
        var served = query.Filter.Where(term => term.Field == ordered || term.Field == query.OrderBy).ToList();
        var walked = DeviceColumns.Index(ordered);
        if (walked is not null && served.Count == query.Filter.Length && string.IsNullOrEmpty(query.Search))
            return await ReadInOrderAsync(query, sql => sql.InOrder(walked, after), cancellation);

        if (driver is not null && await AreFewAsync(query with { Filter = [driver], Search = null }, DeviceColumns.Index(driver.Field), cancellation))
            return await ReadFoundFirstAsync(query, DeviceColumns.Index(driver.Field), after, cancellation);

        if (walked is not null)
        {
            var near = await ReadInOrderAsync(query, sql => sql.Near(walked, served, NearRows, after), cancellation);
            if (near.Count > query.PageSize)
                return near;
        }

        return await ReadFoundFirstAsync(query, SqlDialect.DevicePrimaryKey, after, cancellation);
    }

    private Task<List<(DeviceRow Row, string Order)>> ReadInOrderAsync(
        DeviceQuery query, Func<DeviceQuerySql, string> statement, CancellationToken cancellation)
    {
        var sql = new DeviceQuerySql(query, rows.Dialect);
        return rows.ReadAsync(RowPlan.InOrder, statement(sql), ReadListed, cancellation, sql.Values);
    }

    private Task<List<(DeviceRow Row, string Order)>> ReadFoundFirstAsync(
        DeviceQuery query, string? index, string[]? after, CancellationToken cancellation)
    {
        var sql = new DeviceQuerySql(query, rows.Dialect);
        var text = sql.FoundFirst(index, after);

        // The few that have a tag are looked up one by one: joined as a whole, all devices would be read for them.
        return index == DeviceColumns.Tagged
            ? rows.ReadAsync(text, ReadListed, cancellation, sql.Values)
            : rows.ReadAsync(RowPlan.FoundFirst, text, ReadListed, cancellation, sql.Values);
    }

    private static (DeviceRow Row, string Order) ReadListed(DbDataReader row) =>
        (DeviceColumns.Read(row), DeviceColumns.ToText(row.GetValue(row.FieldCount - 1)));

    private async Task<bool> AreFewAsync(DeviceQuery query, string? index, CancellationToken cancellation) =>
        await CountAsync(query, index, FewMatches, cancellation) < FewMatches;

    private async Task<long> CountAsync(DeviceQuery query, string? index, long limit, CancellationToken cancellation)
    {
        var sql = new DeviceQuerySql(query, rows.Dialect);
        var count = sql.Count(index, limit);
        return (await rows.ReadAsync(count, row => row.GetInt64(0), cancellation, sql.Values))[0];
    }
}
