-- How a tenant's fleet was, every ten minutes; some thousand rows a tenant, the oldest go.
CREATE TABLE fleet_sample (
    tenant           TEXT NOT NULL,
    at_us            INTEGER NOT NULL,
    devices          INTEGER NOT NULL,
    online           INTEGER NOT NULL,
    signed_in        INTEGER NOT NULL,
    attention        INTEGER NOT NULL,
    sign_ins         INTEGER NOT NULL,
    failed_sign_ins  INTEGER NOT NULL,
    PRIMARY KEY (tenant, at_us)
) WITHOUT ROWID;
CREATE INDEX fleet_sample_by_time ON fleet_sample (at_us);
-- Few of the timeline's rows, counted by time for all devices together.
CREATE INDEX device_event_of_sign_in ON device_event (at_us) WHERE kind IN ('signin.signed_in', 'signin.assigned', 'signin.failed');
