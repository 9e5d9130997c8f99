using System.Data.Common;

namespace SipGateway.Storage;

/// <summary>The columns of a contact row in the order they are read.</summary>
internal static class ContactColumns
{
    public const string All = "c.mac, c.binding_id, c.generation, c.expires_us, c.last_seen_us, c.source";

    public const int Count = 6;

    public static ContactRow Read(DbDataReader row) => Read(row, 0);

    public static ContactRow Read(DbDataReader row, int first) => new()
    {
        Mac = row.GetString(first),
        BindingId = row.GetString(first + 1),
        Generation = row.GetInt64(first + 2),
        ExpiresAtUtc = StoredTime.FromMicroseconds(row.GetInt64(first + 3)),
        LastSeenAtUtc = StoredTime.FromMicroseconds(row.GetInt64(first + 4)),
        Source = row.GetString(first + 5),
    };
}
