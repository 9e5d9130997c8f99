using System.Data.Common;

namespace SipGateway.Storage;

/// <summary>Counts fleets and reads how they were.</summary>
internal sealed class FleetHistory(IReadRows rows) : IFleetHistoryReader
{
    /// <summary>The columns of a sample, in the order of <see cref="Values"/>.</summary>
    public const string Columns = "tenant, at_us, devices, online, signed_in, attention, sign_ins, failed_sign_ins";

    private const string Failed = "signin.failed";

    private static readonly string Counted = $"""
        SELECT d.tenant, COUNT(*),
            SUM(CASE WHEN d.last_seen_us IS NOT NULL AND {DeviceColumns.HasBinding("$1")} THEN 1 ELSE 0 END),
            SUM(CASE WHEN d.state = 'SIGNED_IN' THEN 1 ELSE 0 END), SUM(CASE WHEN d.attention <> '' THEN 1 ELSE 0 END)
        FROM device d WHERE {DeviceColumns.IsDevice} GROUP BY d.tenant
        """;

    // The condition is that of the index, word for word.
    private const string SignInsCounted = """
        SELECT tenant, kind, COUNT(*) FROM device_event
        WHERE kind IN ('signin.signed_in', 'signin.assigned', 'signin.failed') AND at_us >= $1 AND at_us < $2 GROUP BY tenant, kind
        """;

    public async Task<IReadOnlyList<FleetSample>> ListAsync(string tenant, DateTimeOffset sinceUtc, CancellationToken cancellation) =>
        await rows.ReadAsync(
            $"SELECT {Columns} FROM fleet_sample WHERE tenant = $1 AND at_us >= $2 ORDER BY at_us", Read, cancellation, tenant,
            StoredTime.ToMicroseconds(sinceUtc));

    /// <summary>Whether somebody has counted for this step.</summary>
    public async Task<bool> HasAsync(DateTimeOffset step, CancellationToken cancellation) => (await rows.ReadAsync(
        "SELECT 1 FROM fleet_sample WHERE at_us = $1 LIMIT 1", _ => true, cancellation, StoredTime.ToMicroseconds(step))).Count > 0;

    /// <summary>Counts every tenant's fleet as it is.</summary>
    public async Task<IReadOnlyList<FleetSample>> CountAsync(DateTimeOffset step, DateTimeOffset now, CancellationToken cancellation)
    {
        var signIns = (await rows.ReadAsync(
                SignInsCounted, row => (Tenant: row.GetString(0), IsFailed: row.GetString(1) == Failed, Count: row.GetInt64(2)), cancellation,
                StoredTime.ToMicroseconds(step - FleetSample.Step), StoredTime.ToMicroseconds(step)))
            .ToLookup(counted => (counted.Tenant, counted.IsFailed), counted => counted.Count);
        return await rows.ReadAsync(
            Counted,
            row => new FleetSample
            {
                Tenant = row.GetString(0),
                AtUtc = step,
                Devices = row.GetInt64(1),
                Online = row.GetInt64(2),
                SignedIn = row.GetInt64(3),
                Attention = row.GetInt64(4),
                SignIns = signIns[(row.GetString(0), false)].Sum(),
                FailedSignIns = signIns[(row.GetString(0), true)].Sum(),
            },
            cancellation, StoredTime.ToMicroseconds(now));
    }

    /// <summary>A sample as it is written.</summary>
    public static object?[] Values(FleetSample sample) =>
    [
        sample.Tenant, StoredTime.ToMicroseconds(sample.AtUtc), sample.Devices, sample.Online, sample.SignedIn, sample.Attention, sample.SignIns,
        sample.FailedSignIns,
    ];

    private static FleetSample Read(DbDataReader row) => new()
    {
        Tenant = row.GetString(0),
        AtUtc = StoredTime.FromMicroseconds(row.GetInt64(1)),
        Devices = row.GetInt64(2),
        Online = row.GetInt64(3),
        SignedIn = row.GetInt64(4),
        Attention = row.GetInt64(5),
        SignIns = row.GetInt64(6),
        FailedSignIns = row.GetInt64(7),
    };
}
