-- readable from: 2
-- How a tenant's fleet was, every ten minutes; some thousand rows a tenant, the oldest go.
CREATE TABLE fleet_sample (
    tenant           text COLLATE "C" NOT NULL,
    at_us            bigint NOT NULL,
    devices          bigint NOT NULL,
    online           bigint NOT NULL,
    signed_in        bigint NOT NULL,
    attention        bigint NOT NULL,
    sign_ins         bigint NOT NULL,
    failed_sign_ins  bigint NOT NULL,
    PRIMARY KEY (tenant, at_us)
);
CREATE INDEX fleet_sample_by_time ON fleet_sample (at_us);
-- Few of the timeline's rows, counted by time for all devices together.
CREATE INDEX device_event_of_sign_in ON device_event (at_us) WHERE kind IN ('signin.signed_in', 'signin.assigned', 'signin.failed');
