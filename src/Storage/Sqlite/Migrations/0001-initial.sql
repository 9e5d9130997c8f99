-- States of grains. version rises with every write, also over a tombstone (deleted = 1, json empty).
CREATE TABLE grain_state (
    grain_type TEXT NOT NULL,
    grain_key  TEXT NOT NULL,
    state_name TEXT NOT NULL,
    version    INTEGER NOT NULL CHECK (version > 0),
    deleted    INTEGER NOT NULL,
    updated_us INTEGER NOT NULL,
    json       TEXT NOT NULL,
    PRIMARY KEY (grain_type, grain_key, state_name)
);

-- One row per (tenant, device): what lists are made of. Narrow on purpose, no JSON. Times are microseconds since 1970, UTC.
CREATE TABLE device (
    tenant             TEXT NOT NULL,
    mac                TEXT NOT NULL,
    state              TEXT NOT NULL COLLATE NOCASE,
    trust_level        TEXT NOT NULL COLLATE NOCASE,
    location           TEXT NOT NULL,
    location_key       TEXT NOT NULL,
    vendor             TEXT NOT NULL COLLATE NOCASE,
    model              TEXT NOT NULL COLLATE NOCASE,
    firmware           TEXT NOT NULL COLLATE NOCASE,
    user_id            TEXT NOT NULL COLLATE NOCASE,
    site               TEXT NOT NULL COLLATE NOCASE,
    created_us         INTEGER NOT NULL,
    version            INTEGER NOT NULL,
    binding_expires_us INTEGER,
    last_seen_us       INTEGER,
    source             TEXT NOT NULL,
    PRIMARY KEY (tenant, mac)
) WITHOUT ROWID;
CREATE INDEX device_by_mac         ON device (mac);
CREATE INDEX device_by_state       ON device (tenant, state, mac);
CREATE INDEX device_by_trust_level ON device (tenant, trust_level, mac);
CREATE INDEX device_by_location    ON device (tenant, location_key, mac);
CREATE INDEX device_by_vendor      ON device (tenant, vendor, mac);
CREATE INDEX device_by_model       ON device (tenant, model, mac);
CREATE INDEX device_by_firmware    ON device (tenant, firmware, mac);
CREATE INDEX device_by_user        ON device (tenant, user_id, mac);
CREATE INDEX device_by_site        ON device (tenant, site, mac);
CREATE INDEX device_by_created     ON device (tenant, created_us, mac);

CREATE TABLE gateway_user (
    tenant       TEXT NOT NULL,
    user_id      TEXT NOT NULL,
    display_name TEXT NOT NULL,
    phone_number TEXT NOT NULL,
    created_us   INTEGER NOT NULL,
    owner        TEXT NOT NULL,
    PRIMARY KEY (tenant, user_id)
) WITHOUT ROWID;
CREATE INDEX gateway_user_by_owner ON gateway_user (owner);

CREATE TABLE operation (
    tenant       TEXT NOT NULL,
    id           TEXT NOT NULL,
    kind         TEXT NOT NULL,
    owner        TEXT NOT NULL,
    status       TEXT NOT NULL,
    message      TEXT NOT NULL,
    results_json TEXT NOT NULL,
    created_us   INTEGER NOT NULL,
    ended_us     INTEGER,
    PRIMARY KEY (tenant, id)
);
CREATE INDEX operation_by_created ON operation (tenant, created_us, id);

-- A fact with one owner.
CREATE TABLE unique_key (
    kind       TEXT NOT NULL,
    key        TEXT NOT NULL,
    owner_type TEXT NOT NULL,
    owner      TEXT NOT NULL,
    PRIMARY KEY (kind, key)
) WITHOUT ROWID;

-- Audit rows commit with the state, unsealed; the sealer gives each its place in the chain, in the order of the ids.
CREATE TABLE audit (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant  TEXT NOT NULL,
    at_us   INTEGER NOT NULL,
    actor   TEXT NOT NULL,
    action  TEXT NOT NULL,
    target  TEXT NOT NULL,
    outcome TEXT NOT NULL,
    detail  TEXT NOT NULL
);
CREATE INDEX audit_by_tenant ON audit (tenant, id);
CREATE TABLE audit_sealed (
    sequence INTEGER PRIMARY KEY,
    audit_id INTEGER NOT NULL UNIQUE,
    hash     TEXT NOT NULL
);

CREATE TABLE device_event (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant  TEXT NOT NULL,
    mac     TEXT NOT NULL,
    at_us   INTEGER NOT NULL,
    kind    TEXT NOT NULL,
    message TEXT NOT NULL,
    source  TEXT NOT NULL
);
CREATE INDEX device_event_by_device ON device_event (tenant, mac, at_us, id);

-- What every refresh changes. No index but the key: one would make a refresh four times as dear.
CREATE TABLE contact (
    mac          TEXT NOT NULL,
    binding_id   TEXT NOT NULL,
    generation   INTEGER NOT NULL,
    expires_us   INTEGER NOT NULL,
    last_seen_us INTEGER NOT NULL,
    source       TEXT NOT NULL,
    PRIMARY KEY (mac, binding_id)
) WITHOUT ROWID;

CREATE TABLE due (
    grain_type TEXT NOT NULL,
    grain_key  TEXT NOT NULL,
    shard      INTEGER NOT NULL,
    due_us     INTEGER NOT NULL,
    PRIMARY KEY (grain_type, grain_key)
) WITHOUT ROWID;
CREATE INDEX due_by_shard ON due (shard, due_us);

CREATE TABLE change (
    sequence   INTEGER PRIMARY KEY AUTOINCREMENT,
    grain_type TEXT NOT NULL,
    grain_key  TEXT NOT NULL,
    version    INTEGER NOT NULL,
    at_us      INTEGER NOT NULL
);

CREATE TABLE revocation (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    edge     TEXT NOT NULL,
    mac      TEXT NOT NULL,
    version  INTEGER NOT NULL,
    at_us    INTEGER NOT NULL
);

-- Small facts about the database itself.
CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
) WITHOUT ROWID;
INSERT INTO setting (name, value) VALUES ('page-key', randomblob(32));
