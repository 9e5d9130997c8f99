using System.Data.Common;

namespace SipGateway.Storage;

/// <summary>The columns of an audit row in the order they are read.</summary>
internal static class AuditColumns
{
    public const string All = "a.tenant, a.at_us, a.actor, a.action, a.target, a.outcome, a.detail";

    public const int Count = 7;

    public static AuditRow Read(DbDataReader row) => new()
    {
        Tenant = row.GetString(0),
        AtUtc = StoredTime.FromMicroseconds(row.GetInt64(1)),
        Actor = row.GetString(2),
        Action = row.GetString(3),
        Target = row.GetString(4),
        Outcome = row.GetString(5),
        Detail = row.GetString(6),
    };
}
