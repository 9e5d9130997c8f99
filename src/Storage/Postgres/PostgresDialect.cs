namespace SipGateway.Storage;

/// <summary>PostgreSQL's own ways. Columns compare octet by octet, so that texts whose case does not count are compared in lower case.</summary>
internal sealed class PostgresDialect : SqlDialect
{
    public override string AuditPage(string condition) => $"""
        SELECT {AuditColumns.All}, a.sequence, a.sequence, a.hash FROM audit a
        WHERE a.tenant = $1 AND a.sequence < $2{condition} ORDER BY a.sequence DESC LIMIT $3
        """;

    public override string AuditWalk =>
        $"SELECT {AuditColumns.All}, a.sequence, a.id, a.hash FROM audit a WHERE a.sequence > $1 ORDER BY a.sequence LIMIT $2";

    // Rows are sealed in the order in which the sealer met them; one without a seal waits for it.
    public override string? AuditUnsealedBetween => null;

    public override object Set(IEnumerable<string> values) => values.ToArray();

    public override string IsOneOf(string text, string set) => $"{text} = ANY({set})";

    public override string Expression(DeviceField field) => field switch
    {
        DeviceField.Mac or DeviceField.Location or DeviceField.CreateTime => DeviceColumns.Column(field),
        _ => $"lower({DeviceColumns.Column(field)})",
    };

    public override string Folded(string text) => $"lower({text})";

    public override string Comparable(DeviceField field, string value) => field switch
    {
        DeviceField.Location or DeviceField.Mac => FoldedText.Of(value),
        // As lower() does under the collation of the columns: ASCII alone.
        _ => string.Create(value.Length, value, (lower, text) =>
        {
            for (var i = 0; i < text.Length; i++)
                lower[i] = char.IsAsciiLetterUpper(text[i]) ? (char)(text[i] | 0x20) : text[i];
        }),
    };

    public override string Later(string one, string other) => $"GREATEST({one}, {other})";

    // Its statistics tell the planner.
    public override string IndexHint(string? index) => "";

    // With a limit the planner would walk the order's index until a page is full: over the whole tenant, where few match. Nothing is moved across OFFSET.
    public override string FoundFirst(string matches) => $"(SELECT d.* FROM {matches} OFFSET 0) d WHERE TRUE";
}
