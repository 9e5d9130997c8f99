-- Why a person must look at a device: names of reasons with a space between, empty for none. Few devices have any, and only those are in the index.
ALTER TABLE device ADD COLUMN attention TEXT NOT NULL DEFAULT '';
CREATE INDEX device_needing_attention ON device (tenant, mac) WHERE attention <> '';
