-- Run after every migration: who may do what. Roles are the operator's; one that is not there is left out.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'sipgateway_silo') THEN
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA @schema@ TO sipgateway_silo;
        REVOKE INSERT, UPDATE, DELETE ON schema_version, orleansquery FROM sipgateway_silo;
        -- What was journalled is sealed, and neither changed nor deleted.
        REVOKE UPDATE, DELETE ON audit FROM sipgateway_silo;
        GRANT UPDATE (sequence, hash) ON audit TO sipgateway_silo;
        GRANT EXECUTE ON FUNCTION sipgateway_key_ring(), cluster_gateways(text, integer) TO sipgateway_silo;
    END IF;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'sipgateway_admin') THEN
        GRANT SELECT ON ALL TABLES IN SCHEMA @schema@ TO sipgateway_admin;
        GRANT INSERT ON audit, setting TO sipgateway_admin;
        GRANT EXECUTE ON FUNCTION sipgateway_key_ring(), cluster_gateways(text, integer) TO sipgateway_admin;
    END IF;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'sipgateway_edge') THEN
        GRANT SELECT ON orleansquery TO sipgateway_edge;
        GRANT EXECUTE ON FUNCTION sipgateway_key_ring(), cluster_gateways(text, integer) TO sipgateway_edge;
    END IF;
END $$;
