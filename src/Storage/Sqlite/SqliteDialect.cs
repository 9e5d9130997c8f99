using System.Text.Json;

namespace SipGateway.Storage;

/// <summary>SQLite's own ways. Columns compare without case by themselves (NOCASE), and sets are JSON.</summary>
internal sealed class SqliteDialect : SqlDialect
{
    public override string AuditPage(string condition) => $"""
        SELECT {AuditColumns.All}, a.id, s.sequence, s.hash FROM audit a JOIN audit_sealed s ON s.audit_id = a.id
        WHERE a.tenant = $1 AND a.id < $2{condition} ORDER BY a.id DESC LIMIT $3
        """;

    public override string AuditWalk => $"""
        SELECT {AuditColumns.All}, s.sequence, s.audit_id, s.hash FROM audit_sealed s LEFT JOIN audit a ON a.id = s.audit_id
        WHERE s.sequence > $1 ORDER BY s.sequence LIMIT $2
        """;

    public override string AuditUnsealedBetween => "SELECT COUNT(*) FROM audit WHERE id > $1 AND id < $2";

    public override object Set(IEnumerable<string> values) => JsonSerializer.Serialize(values);

    public override string IsOneOf(string text, string set) => $"{text} IN (SELECT value FROM json_each({set}))";

    public override string Expression(DeviceField field) => DeviceColumns.Column(field);

    public override string Folded(string text) => text + " COLLATE NOCASE";

    public override string Comparable(DeviceField field, string value) => field switch
    {
        DeviceField.Location => FoldedText.Of(value),
        DeviceField.Mac => value.ToLowerInvariant(),
        _ => value,
    };

    public override string Later(string one, string other) => $"MAX({one}, {other})";

    // The table's primary key holds the rows themselves: the cheapest way to look at all of them.
    public override string IndexHint(string? index) => index switch
    {
        null => "",
        DevicePrimaryKey => "INDEXED BY sqlite_autoindex_device_1",
        _ => "INDEXED BY " + index,
    };

    // The index was named.
    public override string FoundFirst(string matches) => matches;
}
