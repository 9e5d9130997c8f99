-- Membership of silos, for Microsoft.Orleans.Clustering.AdoNet: it reads the texts of orleansquery once at its start
-- and runs only those. Keys, parameters and result columns are the provider's contract; tables and functions are ours.
CREATE TABLE cluster_version (
    deploymentid text COLLATE "C" PRIMARY KEY,
    version      integer NOT NULL DEFAULT 0,
    changed_at   timestamptz(3) NOT NULL DEFAULT now()
);

CREATE TABLE cluster_silo (
    deploymentid text COLLATE "C" NOT NULL REFERENCES cluster_version,
    address      varchar(45) NOT NULL,
    port         integer NOT NULL,
    generation   integer NOT NULL,
    siloname     text NOT NULL,
    hostname     text NOT NULL,
    status       integer NOT NULL,
    proxyport    integer,
    suspecttimes text,
    starttime    timestamptz(3) NOT NULL,
    iamalivetime timestamptz(3) NOT NULL,
    PRIMARY KEY (deploymentid, address, port, generation)
);

-- Each change of membership takes the version it was decided on, or does nothing.
CREATE FUNCTION cluster_insert_silo(deployment text, silo_address text, silo_port integer, silo_generation integer, name text, host text,
    new_status integer, proxy integer, started timestamptz, alive timestamptz, expected integer) RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
    UPDATE cluster_version SET version = version + 1, changed_at = now() WHERE deploymentid = deployment AND version = expected;
    IF NOT FOUND THEN RETURN 0; END IF;
    INSERT INTO cluster_silo (deploymentid, address, port, generation, siloname, hostname, status, proxyport, starttime, iamalivetime)
    VALUES (deployment, silo_address, silo_port, silo_generation, name, host, new_status, proxy, started, alive);
    RETURN 1;
EXCEPTION WHEN unique_violation THEN
    RETURN 0; -- The block is undone, the version with it.
END $$;

CREATE FUNCTION cluster_update_silo(deployment text, silo_address text, silo_port integer, silo_generation integer,
    new_status integer, suspects text, alive timestamptz, expected integer) RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
    UPDATE cluster_version SET version = version + 1, changed_at = now() WHERE deploymentid = deployment AND version = expected;
    IF NOT FOUND THEN RETURN 0; END IF;
    UPDATE cluster_silo SET status = new_status, suspecttimes = suspects, iamalivetime = alive
    WHERE deploymentid = deployment AND address = silo_address AND port = silo_port AND generation = silo_generation;
    IF NOT FOUND THEN RAISE EXCEPTION 'silo %:%@% is not in the membership table', silo_address, silo_port, silo_generation; END IF;
    RETURN 1;
END $$;

-- The one question of an edge: which gateways are there.
CREATE FUNCTION cluster_gateways(deployment text, wanted integer)
    RETURNS TABLE (address varchar, proxyport integer, generation integer)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
    SELECT s.address, s.proxyport, s.generation FROM cluster_silo s
    WHERE s.deploymentid = deployment AND s.status = wanted AND s.proxyport > 0
$$;
REVOKE ALL ON FUNCTION cluster_gateways(text, integer) FROM PUBLIC;

CREATE TABLE orleansquery (querykey varchar(64) PRIMARY KEY, querytext text NOT NULL);
INSERT INTO orleansquery (querykey, querytext) VALUES
('InsertMembershipVersionKey',
 'WITH added AS (INSERT INTO cluster_version (deploymentid) VALUES (@DeploymentId) ON CONFLICT DO NOTHING RETURNING 1)
  SELECT count(*)::integer FROM added'),
('MembershipReadAllKey',
 'SELECT v.deploymentid AS "DeploymentId", s.address AS "Address", s.port AS "Port", s.generation AS "Generation", s.siloname AS "SiloName",
    s.hostname AS "HostName", s.status AS "Status", s.proxyport AS "ProxyPort", s.suspecttimes AS "SuspectTimes", s.starttime AS "StartTime",
    s.iamalivetime AS "IAmAliveTime", v.version AS "Version"
  FROM cluster_version v LEFT JOIN cluster_silo s ON s.deploymentid = v.deploymentid WHERE v.deploymentid = @DeploymentId'),
('MembershipReadRowKey',
 'SELECT v.deploymentid AS "DeploymentId", s.address AS "Address", s.port AS "Port", s.generation AS "Generation", s.siloname AS "SiloName",
    s.hostname AS "HostName", s.status AS "Status", s.proxyport AS "ProxyPort", s.suspecttimes AS "SuspectTimes", s.starttime AS "StartTime",
    s.iamalivetime AS "IAmAliveTime", v.version AS "Version"
  FROM cluster_version v LEFT JOIN cluster_silo s ON s.deploymentid = v.deploymentid
    AND s.address = @Address AND s.port = @Port AND s.generation = @Generation
  WHERE v.deploymentid = @DeploymentId'),
('InsertMembershipKey',
 'SELECT cluster_insert_silo(@DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime,
    @IAmAliveTime, @Version)'),
('UpdateMembershipKey',
 'SELECT cluster_update_silo(@DeploymentId, @Address, @Port, @Generation, @Status, @SuspectTimes, @IAmAliveTime, @Version)'),
('UpdateIAmAlivetimeKey',
 'UPDATE cluster_silo SET iamalivetime = @IAmAliveTime
  WHERE deploymentid = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation'),
('GatewaysQueryKey',
 'SELECT address AS "Address", proxyport AS "ProxyPort", generation AS "Generation" FROM cluster_gateways(@DeploymentId, @Status)'),
('DeleteMembershipTableEntriesKey',
 'WITH gone AS (DELETE FROM cluster_silo WHERE deploymentid = @DeploymentId)
  DELETE FROM cluster_version WHERE deploymentid = @DeploymentId'),
('CleanupDefunctSiloEntriesKey',
 'DELETE FROM cluster_silo WHERE deploymentid = @DeploymentId AND iamalivetime < @IAmAliveTime AND status <> 3');
