using System.Data.Common;
using System.Globalization;

namespace SipGateway.Storage;

/// <summary>How the fields of a device query map to columns and indexes.</summary>
internal static class DeviceColumns
{
    public const string All =
        "d.tenant, d.mac, d.state, d.trust_level, d.location, d.vendor, d.model, d.firmware, d.user_id, d.site, d.created_us, d.version, "
        + "d.last_seen_us, d.source, d.attention, d.tags";

    /// <summary>Not a line beside the first. Of a pattern the planner knows how many match; of a length it believes one in 200.</summary>
    public const string IsDevice = "d.mac NOT LIKE '%-%'";

    /// <summary>Stands for the table of tags where an index is named: (tenant, tag, mac).</summary>
    public const string Tagged = "device_tag";

    // The device's own time where no contact knows better; null for a device that this tenant may not look at.
    private const string NewestContact = "COALESCE((SELECT MAX(c.last_seen_us) FROM contact c WHERE c.mac = d.mac), d.last_seen_us)";

    /// <summary>Whether it has a binding that ends later than a bound time.</summary>
    public static string HasBinding(string now) => $"EXISTS (SELECT 1 FROM contact c WHERE c.mac = d.mac AND c.expires_us > {now})";

    /// <summary>The column of a field.</summary>
    public static string Column(DeviceField field) => field switch
    {
        DeviceField.Mac => "d.mac",
        DeviceField.State => "d.state",
        DeviceField.TrustLevel => "d.trust_level",
        DeviceField.Location => "d.location_key",
        DeviceField.Vendor => "d.vendor",
        DeviceField.Model => "d.model",
        DeviceField.Firmware => "d.firmware",
        DeviceField.UserId => "d.user_id",
        DeviceField.Site => "d.site",
        DeviceField.CreateTime => "d.created_us",
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "no column"),
    };

    /// <summary>When the device was last heard of: its own time and its contacts', whichever is later.</summary>
    public static string LastSeen(SqlDialect dialect) => dialect.Later("d.last_seen_us", NewestContact);

    /// <summary>The index (tenant, column, mac); null where there is none.</summary>
    public static string? Index(DeviceField field) => field switch
    {
        DeviceField.Mac => SqlDialect.DevicePrimaryKey,
        DeviceField.State => "device_by_state",
        DeviceField.TrustLevel => "device_by_trust_level",
        DeviceField.Location => "device_by_location",
        DeviceField.Vendor => "device_by_vendor",
        DeviceField.Model => "device_by_model",
        DeviceField.Firmware => "device_by_firmware",
        DeviceField.UserId => "device_by_user",
        DeviceField.Site => "device_by_site",
        DeviceField.CreateTime => "device_by_created",
        DeviceField.Attention => "device_needing_attention",
        DeviceField.Tags => Tagged,
        _ => null,
    };

    /// <summary>Reads <see cref="All"/>.</summary>
    public static DeviceRow Read(DbDataReader row) => new()
    {
        Tenant = row.GetString(0),
        Mac = row.GetString(1),
        State = row.GetString(2),
        TrustLevel = row.GetString(3),
        Location = row.GetString(4),
        Vendor = row.GetString(5),
        Model = row.GetString(6),
        Firmware = row.GetString(7),
        UserId = row.GetString(8),
        Site = row.GetString(9),
        CreatedAtUtc = StoredTime.FromMicroseconds(row.GetInt64(10)),
        Version = row.GetInt64(11),
        LastSeenAtUtc = StoredTime.FromMicroseconds(row.IsDBNull(12) ? null : row.GetInt64(12)),
        Source = row.GetString(13),
        Attention = row.GetString(14),
        Tags = row.GetString(15),
    };

    /// <summary>A row with what its contacts know better.</summary>
    public static DeviceRow Overlay(DeviceRow row, IReadOnlyCollection<ContactRow> contacts)
    {
        if (row.LastSeenAtUtc is not { } seen || contacts.Count == 0)
            return row;
        var newest = contacts.MaxBy(contact => contact.LastSeenAtUtc)!;
        return row with
        {
            BindingExpiresAtUtc = contacts.Max(contact => contact.ExpiresAtUtc),
            LastSeenAtUtc = newest.LastSeenAtUtc > seen ? newest.LastSeenAtUtc : seen,
            Source = newest.LastSeenAtUtc >= seen ? newest.Source : row.Source,
        };
    }

    /// <summary>An order value as a page key carries it.</summary>
    public static string ToText(object? value) => value is null or DBNull ? "" : Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
