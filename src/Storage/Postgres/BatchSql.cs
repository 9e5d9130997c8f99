namespace SipGateway.Storage;

/// <summary>The statements of <see cref="PostgresBatch"/>; each takes arrays.</summary>
internal static class BatchSql
{
    private const string Keys = "unnest($1::text[], $2::text[], $3::text[]";
    private const string SameState = "s.grain_type = k.t AND s.grain_key = k.k AND s.state_name = k.n";

    public const string InsertState = $"""
        INSERT INTO grain_state (grain_type, grain_key, state_name, version, updated_us, json)
        SELECT t, k, n, 1, u, j FROM {Keys}, $4::bigint[], $5::text[]) AS r(t, k, n, u, j) ON CONFLICT DO NOTHING
        """;

    public const string UpdateState = $"""
        UPDATE grain_state s SET version = s.version + 1, updated_us = k.u, json = k.j
        FROM {Keys}, $4::bigint[], $5::text[], $6::bigint[]) AS k(t, k, n, u, j, v) WHERE {SameState} AND s.version = k.v
        """;

    /// <summary>Holds the state as it is until the end: what is written beside it must not meet another version.</summary>
    public const string HoldState =
        $"SELECT 1 FROM {Keys}, $4::bigint[]) AS k(t, k, n, v) JOIN grain_state s ON {SameState} AND s.version = k.v FOR SHARE OF s";

    public const string NoState = $"SELECT 1 FROM {Keys}) AS k(t, k, n) JOIN grain_state s ON {SameState}";

    public const string ReleaseKey = """
        DELETE FROM unique_key u USING unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS k(kind, key, type, owner)
        WHERE u.kind = k.kind AND u.key = k.key AND u.owner_type = k.type AND u.owner = k.owner
        """;

    public const string TakeKey = """
        INSERT INTO unique_key AS u (kind, key, owner_type, owner)
        SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[])
        ON CONFLICT (kind, key) DO UPDATE SET owner = excluded.owner WHERE u.owner_type = excluded.owner_type AND u.owner = excluded.owner
        """;

    public const string RemoveBinding = """
        DELETE FROM binding b USING unnest($1::text[], $2::text[], $3::bigint[]) AS k(mac, id, generation)
        WHERE b.mac = k.mac AND b.binding_id = k.id AND b.generation = k.generation
        """;

    public const string RemoveContact = """
        DELETE FROM contact c USING unnest($1::text[], $2::text[]) AS k(mac, id) WHERE c.mac = k.mac AND c.binding_id = k.id
        """;

    public const string InsertBinding = """
        INSERT INTO binding (mac, binding_id, generation, json)
        SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[]) ON CONFLICT DO NOTHING
        """;

    public const string UpdateBinding = """
        UPDATE binding b SET generation = k.generation, json = k.json
        FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::bigint[]) AS k(mac, id, generation, json, replaced)
        WHERE b.mac = k.mac AND b.binding_id = k.id AND b.generation = k.replaced
        """;

    // A binding that stays what it was must not go back behind a refresh that came meanwhile.
    public const string Contact = """
        INSERT INTO contact AS c (mac, binding_id, generation, expires_us, last_seen_us, source)
        SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[])
        ON CONFLICT (mac, binding_id) DO UPDATE SET generation = excluded.generation, expires_us = excluded.expires_us,
            last_seen_us = excluded.last_seen_us, source = excluded.source
        WHERE excluded.generation <> c.generation OR excluded.last_seen_us >= c.last_seen_us
        """;

    public const string Refresh = """
        UPDATE contact c SET expires_us = k.expires, last_seen_us = k.seen, source = k.source
        FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[]) AS k(mac, id, generation, expires, seen, source)
        WHERE c.mac = k.mac AND c.binding_id = k.id AND c.generation = k.generation AND c.last_seen_us <= k.seen
        """;

    public const string OtherDevice =
        "DELETE FROM device d USING unnest($1::text[], $2::text[]) AS k(mac, tenant) WHERE d.mac = k.mac AND d.tenant <> k.tenant";

    public const string OtherDevices = """
        DELETE FROM device d USING unnest($1::text[], $2::text[]) AS k(mac, keep)
        WHERE d.mac = k.mac AND NOT jsonb_exists(k.keep::jsonb, d.tenant)
        """;

    public const string Device = """
        INSERT INTO device (tenant, mac, state, trust_level, location, location_key, vendor, model, firmware, user_id, site,
            created_us, version, last_seen_us, source, attention, tags)
        SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
            $10::text[], $11::text[], $12::bigint[], $13::bigint[], $14::bigint[], $15::text[], $16::text[], $17::text[])
        ON CONFLICT (tenant, mac) DO UPDATE SET state = excluded.state, trust_level = excluded.trust_level,
            location = excluded.location, location_key = excluded.location_key, vendor = excluded.vendor, model = excluded.model,
            firmware = excluded.firmware, user_id = excluded.user_id, site = excluded.site, created_us = excluded.created_us,
            version = excluded.version, last_seen_us = excluded.last_seen_us, source = excluded.source, attention = excluded.attention,
            tags = excluded.tags
        """;

    public const string OtherUsers = """
        DELETE FROM gateway_user g USING unnest($1::text[], $2::text[]) AS k(owner, keep)
        WHERE g.owner = k.owner AND NOT jsonb_exists(k.keep::jsonb, g.tenant || '/' || g.user_id)
        """;

    public const string User = """
        INSERT INTO gateway_user (tenant, user_id, display_name, phone_number, created_us, owner)
        SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[])
        ON CONFLICT (tenant, user_id) DO UPDATE SET display_name = excluded.display_name, phone_number = excluded.phone_number,
            created_us = excluded.created_us, owner = excluded.owner
        """;

    public const string Operation = """
        INSERT INTO operation (tenant, id, kind, owner, status, message, results_json, created_us, ended_us)
        SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[], $9::bigint[])
        ON CONFLICT (tenant, id) DO UPDATE SET kind = excluded.kind, owner = excluded.owner, status = excluded.status,
            message = excluded.message, results_json = excluded.results_json, ended_us = excluded.ended_us
        """;

    public const string Due = """
        INSERT INTO due (grain_type, grain_key, shard, due_us) SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[])
        ON CONFLICT (grain_type, grain_key) DO UPDATE SET due_us = excluded.due_us
        """;

    public const string NotDue =
        "DELETE FROM due d USING unnest($1::text[], $2::text[]) AS k(t, k) WHERE d.grain_type = k.t AND d.grain_key = k.k";

    public const string Audit = """
        INSERT INTO audit (tenant, at_us, actor, action, target, outcome, detail)
        SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
        """;

    public const string Event = """
        INSERT INTO device_event (tenant, mac, at_us, kind, message, source)
        SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[])
        """;

    public const string Revocation =
        "INSERT INTO revocation (edge, mac, version, at_us) SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[])";

    public const string Change =
        "INSERT INTO change (grain_type, grain_key, version, at_us) SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[])";
}
