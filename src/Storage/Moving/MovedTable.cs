namespace SipGateway.Storage;

/// <summary>A table as it is moved: the same columns on both sides, in the order of its key.</summary>
/// <param name="Name">Its name in PostgreSQL.</param>
/// <param name="Key">The columns of its key.</param>
/// <param name="Columns">All columns with a letter each: <c>t</c> text, <c>n</c> number, <c>i</c> small number.</param>
/// <param name="Source">What SQLite selects them from.</param>
/// <param name="Identity">The column that counts by itself; null: none.</param>
internal sealed record MovedTable(
    string Name, string[] Key, (string Name, char Type)[] Columns, string Source, string? Identity = null)
{
    /// <summary>Everything that is durable. Feeds are not moved: their readers begin anew; nor is what the database keeps by itself.</summary>
    public static readonly MovedTable[] All =
    [
        Of("grain_state", 3, "grain_type:t grain_key:t state_name:t version:n updated_us:n json:t",
            "(SELECT grain_type, grain_key, state_name, version, updated_us, CASE deleted WHEN 0 THEN json END AS json FROM grain_state)"),
        Of("binding", 2, "mac:t binding_id:t generation:n json:t"),
        Of("contact", 2, "mac:t binding_id:t generation:n expires_us:n last_seen_us:n source:t"),
        Of("device", 2, "tenant:t mac:t state:t trust_level:t location:t location_key:t vendor:t model:t firmware:t user_id:t site:t "
            + "created_us:n version:n last_seen_us:n source:t attention:t tags:t"),
        Of("gateway_user", 2, "tenant:t user_id:t display_name:t phone_number:t created_us:n owner:t"),
        Of("operation", 2, "tenant:t id:t kind:t owner:t status:t message:t results_json:t created_us:n ended_us:n"),
        Of("unique_key", 2, "kind:t key:t owner_type:t owner:t"),
        Of("due", 2, "grain_type:t grain_key:t shard:i due_us:n"),
        Of("fleet_sample", 2, "tenant:t at_us:n devices:n online:n signed_in:n attention:n sign_ins:n failed_sign_ins:n"),
        Of("audit", 1, "id:n tenant:t at_us:n actor:t action:t target:t outcome:t detail:t sequence:n hash:t",
            "(SELECT a.*, s.sequence, s.hash FROM audit a LEFT JOIN audit_sealed s ON s.audit_id = a.id)") with { Identity = "id" },
        Of("device_event", 1, "id:n tenant:t mac:t at_us:n kind:t message:t source:t") with { Identity = "id" },
    ];

    /// <summary>The columns, for SQL.</summary>
    public string ColumnList => string.Join(", ", Columns.Select(column => column.Name));

    /// <summary>The key's columns, for SQL.</summary>
    public string KeyList => string.Join(", ", Key);

    private static MovedTable Of(string name, int keys, string columns, string? source = null)
    {
        var all = columns.Split(' ').Select(column => (column.Split(':')[0], column[^1])).ToArray();
        return new MovedTable(name, [.. all.Take(keys).Select(column => column.Item1)], all, source ?? name);
    }
}
