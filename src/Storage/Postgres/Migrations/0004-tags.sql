-- readable from: 2
-- The tenant's own words for a device, with a comma between, and the same one by one, for those who look for a word. Whoever writes a device keeps
-- both equal without knowing, the version before too; a device whose words stay the same costs nothing more.
ALTER TABLE device ADD COLUMN tags text COLLATE "C" NOT NULL DEFAULT '';
CREATE TABLE device_tag (
    tenant text COLLATE "C" NOT NULL,
    tag    text COLLATE "C" NOT NULL,
    mac    text COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant, tag, mac)
);
CREATE FUNCTION device_tag_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM device_tag WHERE tenant = OLD.tenant AND mac = OLD.mac AND tag = ANY (string_to_array(OLD.tags, ','));
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO device_tag SELECT NEW.tenant, tag, NEW.mac FROM unnest(string_to_array(NEW.tags, ',')) AS tag;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER device_tag_on_insert AFTER INSERT ON device FOR EACH ROW WHEN (NEW.tags <> '') EXECUTE FUNCTION device_tag_keep();
CREATE TRIGGER device_tag_on_update AFTER UPDATE OF tags ON device FOR EACH ROW WHEN (NEW.tags <> OLD.tags) EXECUTE FUNCTION device_tag_keep();
CREATE TRIGGER device_tag_on_delete AFTER DELETE ON device FOR EACH ROW WHEN (OLD.tags <> '') EXECUTE FUNCTION device_tag_keep();
