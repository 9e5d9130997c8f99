-- Bindings leave the state of their device for rows of their own. What refreshes change stays in contact, by the same key.
CREATE TABLE binding (
    mac        TEXT NOT NULL,
    binding_id TEXT NOT NULL,
    generation INTEGER NOT NULL CHECK (generation > 0),
    json       TEXT NOT NULL,
    PRIMARY KEY (mac, binding_id)
) WITHOUT ROWID;
INSERT INTO binding (mac, binding_id, generation, json)
SELECT s.grain_key, b.value ->> '$.id', b.value ->> '$.generation', json_object(
    'schemaVersion', 1,
    'binding', json(b.value),
    'use', (SELECT json(u.value) FROM json_each(s.json, '$.uses') u WHERE u.value ->> '$.credential' = b.value ->> '$.credential'))
FROM grain_state s, json_each(CASE WHEN s.deleted = 0 THEN s.json ELSE '{}' END, '$.bindings') b
WHERE s.grain_type = 'device' AND s.state_name = 'device';

-- When the newest binding ends is said by contact alone.
ALTER TABLE device DROP COLUMN binding_expires_us;
