namespace SipGateway.Storage;

/// <summary>The longer statements of <see cref="EffectStatements"/>.</summary>
internal static class EffectSql
{
    // Most writes of a device change nothing that is indexed, and an upsert of all columns renews all index entries.
    public const string DeviceFacts = """
        UPDATE device SET version = $13, last_seen_us = $14, source = $15
        WHERE tenant = $1 AND mac = $2 AND state = $3 COLLATE BINARY AND trust_level = $4 COLLATE BINARY AND location = $5
            AND location_key = $6 AND vendor = $7 COLLATE BINARY AND model = $8 COLLATE BINARY AND firmware = $9 COLLATE BINARY
            AND user_id = $10 COLLATE BINARY AND site = $11 COLLATE BINARY AND created_us = $12 AND attention = $16 AND tags = $17
        """;

    public const string Device = """
        INSERT INTO device (tenant, mac, state, trust_level, location, location_key, vendor, model, firmware, user_id, site,
            created_us, version, last_seen_us, source, attention, tags)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
        ON CONFLICT (tenant, mac) DO UPDATE SET state = excluded.state, trust_level = excluded.trust_level,
            location = excluded.location, location_key = excluded.location_key, vendor = excluded.vendor, model = excluded.model,
            firmware = excluded.firmware, user_id = excluded.user_id, site = excluded.site, created_us = excluded.created_us,
            version = excluded.version, last_seen_us = excluded.last_seen_us, source = excluded.source, attention = excluded.attention,
            tags = excluded.tags
        """;

    public const string User = """
        INSERT INTO gateway_user (tenant, user_id, display_name, phone_number, created_us, owner) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (tenant, user_id) DO UPDATE SET display_name = excluded.display_name, phone_number = excluded.phone_number,
            created_us = excluded.created_us, owner = excluded.owner
        """;

    public const string Operation = """
        INSERT INTO operation (tenant, id, kind, owner, status, message, results_json, created_us, ended_us)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (tenant, id) DO UPDATE SET kind = excluded.kind, owner = excluded.owner, status = excluded.status,
            message = excluded.message, results_json = excluded.results_json, ended_us = excluded.ended_us
        """;
}
