-- The tenant's own words for a device, with a comma between, and the same one by one, for those who look for a word. Whoever writes a device keeps
-- both equal without knowing; a device whose words stay the same costs nothing more.
ALTER TABLE device ADD COLUMN tags TEXT NOT NULL DEFAULT '';
CREATE TABLE device_tag (
    tenant TEXT NOT NULL,
    tag    TEXT NOT NULL,
    mac    TEXT NOT NULL,
    PRIMARY KEY (tenant, tag, mac)
) WITHOUT ROWID;
CREATE TRIGGER device_tag_on_insert AFTER INSERT ON device WHEN NEW.tags <> '' BEGIN
    INSERT INTO device_tag SELECT NEW.tenant, value, NEW.mac FROM json_each('["' || replace(NEW.tags, ',', '","') || '"]');
END;
CREATE TRIGGER device_tag_on_update AFTER UPDATE OF tags ON device WHEN NEW.tags <> OLD.tags BEGIN
    DELETE FROM device_tag WHERE tenant = OLD.tenant AND mac = OLD.mac
        AND tag IN (SELECT value FROM json_each('["' || replace(OLD.tags, ',', '","') || '"]'));
    INSERT INTO device_tag SELECT NEW.tenant, value, NEW.mac FROM json_each('["' || replace(NEW.tags, ',', '","') || '"]') WHERE NEW.tags <> '';
END;
CREATE TRIGGER device_tag_on_delete AFTER DELETE ON device WHEN OLD.tags <> '' BEGIN
    DELETE FROM device_tag WHERE tenant = OLD.tenant AND mac = OLD.mac
        AND tag IN (SELECT value FROM json_each('["' || replace(OLD.tags, ',', '","') || '"]'));
END;
