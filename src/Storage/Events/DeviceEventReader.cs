using System.Data.Common;
using System.Globalization;

namespace SipGateway.Storage;

/// <summary>Reads the timeline.</summary>
internal sealed class DeviceEventReader(IReadRows rows) : IDeviceEventReader
{
    private readonly StoredPageKeys _pageKeys = new(rows);

    public async Task<Page<DeviceEventRow>> ListAsync(string tenant, string mac, int pageSize, string? pageKey, CancellationToken cancellation)
    {
        PageRules.CheckSize(pageSize);
        var keys = await _pageKeys.GetAsync(cancellation);
        var query = $"events/{tenant}/{mac}";
        var after = keys.Open(query, pageKey) ?? [long.MaxValue.ToString(CultureInfo.InvariantCulture), "0"];
        var found = await rows.ReadAsync(
            """
            SELECT tenant, mac, at_us, kind, message, source, id FROM device_event
            WHERE tenant = $1 AND mac = $2 AND (at_us, id) < ($3, $4) ORDER BY at_us DESC, id DESC LIMIT $5
            """,
            row => (Id: row.GetInt64(6), Row: ReadEvent(row)), cancellation,
            tenant, mac, long.Parse(after[0], CultureInfo.InvariantCulture), long.Parse(after[1], CultureInfo.InvariantCulture), pageSize + 1);
        var page = PageRules.Cut(found, pageSize, last => keys.Seal(
            query,
            StoredTime.ToMicroseconds(last.Row.AtUtc).ToString(CultureInfo.InvariantCulture),
            last.Id.ToString(CultureInfo.InvariantCulture)));
        return new Page<DeviceEventRow>([.. page.Items.Select(item => item.Row)], page.NextKey);
    }

    private static DeviceEventRow ReadEvent(DbDataReader row) => new()
    {
        Tenant = row.GetString(0),
        Mac = row.GetString(1),
        AtUtc = StoredTime.FromMicroseconds(row.GetInt64(2)),
        Kind = row.GetString(3),
        Message = row.GetString(4),
        Source = row.GetString(5),
    };
}
