-- Texts compare octet by octet, whatever the database's own collation is: fast, and the same order everywhere.
-- Times are microseconds since 1970, UTC. Tables that are updated leave room on their pages, so that an update that
-- changes no indexed column renews no index.

-- States of grains. version rises with every write, also over a tombstone (json is null).
CREATE TABLE grain_state (
    grain_type text COLLATE "C" NOT NULL,
    grain_key  text COLLATE "C" NOT NULL,
    state_name text COLLATE "C" NOT NULL,
    version    bigint NOT NULL CHECK (version > 0),
    updated_us bigint NOT NULL,
    json       text,
    PRIMARY KEY (grain_type, grain_key, state_name)
) WITH (fillfactor = 80);

CREATE TABLE binding (
    mac        text COLLATE "C" NOT NULL,
    binding_id text COLLATE "C" NOT NULL,
    generation bigint NOT NULL CHECK (generation > 0),
    json       text NOT NULL,
    PRIMARY KEY (mac, binding_id)
) WITH (fillfactor = 80);

-- What every refresh changes. No index but the key.
CREATE TABLE contact (
    mac          text COLLATE "C" NOT NULL,
    binding_id   text COLLATE "C" NOT NULL,
    generation   bigint NOT NULL,
    expires_us   bigint NOT NULL,
    last_seen_us bigint NOT NULL,
    source       text COLLATE "C" NOT NULL,
    PRIMARY KEY (mac, binding_id)
) WITH (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.05);

-- One row per (tenant, device): what lists are made of. Narrow on purpose, no JSON.
CREATE TABLE device (
    tenant       text COLLATE "C" NOT NULL,
    mac          text COLLATE "C" NOT NULL,
    state        text COLLATE "C" NOT NULL,
    trust_level  text COLLATE "C" NOT NULL,
    location     text COLLATE "C" NOT NULL,
    location_key text COLLATE "C" NOT NULL,
    vendor       text COLLATE "C" NOT NULL,
    model        text COLLATE "C" NOT NULL,
    firmware     text COLLATE "C" NOT NULL,
    user_id      text COLLATE "C" NOT NULL,
    site         text COLLATE "C" NOT NULL,
    created_us   bigint NOT NULL,
    version      bigint NOT NULL,
    last_seen_us bigint,
    source       text COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant, mac)
) WITH (fillfactor = 80);
CREATE INDEX device_by_mac         ON device (mac);
CREATE INDEX device_by_state       ON device (tenant, lower(state), mac);
CREATE INDEX device_by_trust_level ON device (tenant, lower(trust_level), mac);
CREATE INDEX device_by_location    ON device (tenant, location_key, mac);
CREATE INDEX device_by_vendor      ON device (tenant, lower(vendor), mac);
CREATE INDEX device_by_model       ON device (tenant, lower(model), mac);
CREATE INDEX device_by_firmware    ON device (tenant, lower(firmware), mac);
CREATE INDEX device_by_user        ON device (tenant, lower(user_id), mac);
CREATE INDEX device_by_site        ON device (tenant, lower(site), mac);
CREATE INDEX device_by_created     ON device (tenant, created_us, mac);

CREATE TABLE gateway_user (
    tenant       text COLLATE "C" NOT NULL,
    user_id      text COLLATE "C" NOT NULL,
    display_name text COLLATE "C" NOT NULL,
    phone_number text COLLATE "C" NOT NULL,
    created_us   bigint NOT NULL,
    owner        text COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant, user_id)
);
CREATE INDEX gateway_user_by_owner ON gateway_user (owner);

CREATE TABLE operation (
    tenant       text COLLATE "C" NOT NULL,
    id           text COLLATE "C" NOT NULL,
    kind         text COLLATE "C" NOT NULL,
    owner        text COLLATE "C" NOT NULL,
    status       text COLLATE "C" NOT NULL,
    message      text COLLATE "C" NOT NULL,
    results_json text COLLATE "C" NOT NULL,
    created_us   bigint NOT NULL,
    ended_us     bigint,
    PRIMARY KEY (tenant, id)
) WITH (fillfactor = 80);
CREATE INDEX operation_by_created ON operation (tenant, created_us, id);

-- A fact with one owner.
CREATE TABLE unique_key (
    kind       text COLLATE "C" NOT NULL,
    key        text COLLATE "C" NOT NULL,
    owner_type text COLLATE "C" NOT NULL,
    owner      text COLLATE "C" NOT NULL,
    PRIMARY KEY (kind, key)
);

-- Audit rows commit with the state, unsealed; one sealer at a time gives each its place in the chain.
CREATE TABLE audit (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant   text COLLATE "C" NOT NULL,
    at_us    bigint NOT NULL,
    actor    text COLLATE "C" NOT NULL,
    action   text COLLATE "C" NOT NULL,
    target   text COLLATE "C" NOT NULL,
    outcome  text COLLATE "C" NOT NULL,
    detail   text COLLATE "C" NOT NULL,
    sequence bigint UNIQUE,
    hash     text COLLATE "C",
    CHECK ((sequence IS NULL) = (hash IS NULL))
);
CREATE INDEX audit_by_tenant ON audit (tenant, sequence);
CREATE INDEX audit_unsealed  ON audit (id) WHERE sequence IS NULL;

CREATE TABLE device_event (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant  text COLLATE "C" NOT NULL,
    mac     text COLLATE "C" NOT NULL,
    at_us   bigint NOT NULL,
    kind    text COLLATE "C" NOT NULL,
    message text COLLATE "C" NOT NULL,
    source  text COLLATE "C" NOT NULL
);
CREATE INDEX device_event_by_device ON device_event (tenant, mac, at_us, id);

CREATE TABLE due (
    grain_type text COLLATE "C" NOT NULL,
    grain_key  text COLLATE "C" NOT NULL,
    shard      integer NOT NULL,
    due_us     bigint NOT NULL,
    PRIMARY KEY (grain_type, grain_key)
) WITH (fillfactor = 80);
CREATE INDEX due_by_shard ON due (shard, due_us);

-- Feeds. Rows of transactions that run side by side become visible in any order, so a reader goes by transaction and
-- stops before the oldest one that still runs: what it has passed is complete.
CREATE TABLE change (
    transaction bigint NOT NULL DEFAULT (pg_current_xact_id()::text::bigint),
    id          bigint GENERATED ALWAYS AS IDENTITY,
    grain_type  text COLLATE "C" NOT NULL,
    grain_key   text COLLATE "C" NOT NULL,
    version     bigint NOT NULL,
    at_us       bigint NOT NULL,
    PRIMARY KEY (transaction, id)
);
CREATE TABLE revocation (
    transaction bigint NOT NULL DEFAULT (pg_current_xact_id()::text::bigint),
    id          bigint GENERATED ALWAYS AS IDENTITY,
    edge        text COLLATE "C" NOT NULL,
    mac         text COLLATE "C" NOT NULL,
    version     bigint NOT NULL,
    at_us       bigint NOT NULL,
    PRIMARY KEY (transaction, id)
);

-- Small facts about the cluster itself, the sealed key ring among them.
CREATE TABLE setting (
    name  text COLLATE "C" PRIMARY KEY,
    value bytea NOT NULL
);
INSERT INTO setting (name, value) SELECT 'page-key', decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex');

-- What an edge may ask for, and all that it may.
CREATE FUNCTION sipgateway_key_ring() RETURNS bytea LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT
    AS $$ SELECT value FROM setting WHERE name = 'key-ring' $$;
REVOKE ALL ON FUNCTION sipgateway_key_ring() FROM PUBLIC;
