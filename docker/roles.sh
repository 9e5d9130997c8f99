#!/bin/sh
# PostgreSQL's image runs it once, when it has made an empty directory. Afterwards nobody is let in without TLS, but its own user by the socket.
set -eu
psql -v ON_ERROR_STOP=1 -q -U "$POSTGRES_USER" -f /run/database/roles.sql
printf 'local all postgres peer\nhostssl all all all scram-sha-256\n' >"$PGDATA/pg_hba.conf"
