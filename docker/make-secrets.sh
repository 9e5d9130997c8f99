#!/usr/bin/env bash
# Keys, passwords and certificates of a cluster, made once: what is there stays as it is.
#   make-secrets.sh DIRECTORY DATABASE-DIRECTORY PUBLIC-HOST [DATABASE-HOST]
# DIRECTORY is for silos, edges and the admin API, DATABASE-DIRECTORY for PostgreSQL alone. As root it gives them to the users of the images.
# Keep cluster-ca.key and master.key somewhere else, too; take cluster-ca.key off the machines.
set -euo pipefail
[ $# -ge 3 ] || { sed -n '2,5s/^# //p' "$0" >&2; exit 1; }
ours=$1 theirs=$2 host=$3 database=${4:-postgres}
umask 077
mkdir -p "$ours" "$theirs"
give() { [ "$(id -u)" -ne 0 ] || chown -R "$1" "$2"; }
trap 'give 1654 "$ours"; give 999 "$theirs"' EXIT
[ ! -e "$ours/complete" ] || exit 0

name_of() { if [[ "$1" =~ ^[0-9.]+$|: ]]; then echo "IP:$1"; else echo "DNS:$1"; fi; }
random() { openssl rand -hex 24; }
authority() { # name subject
  openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj "/CN=$2" -keyout "$ours/$1.key" -out "$ours/$1.crt" 2>/dev/null
}
certificate() { # authority name subject alternative-names
  openssl req -newkey rsa:2048 -nodes -subj "$3" -keyout "$ours/$2.key" -out "$ours/$2.csr" 2>/dev/null
  openssl x509 -req -in "$ours/$2.csr" -CA "$ours/$1.crt" -CAkey "$ours/$1.key" -CAcreateserial -days 800 -out "$ours/$2.crt" \
    -extfile <(printf 'basicConstraints=CA:FALSE\nsubjectAltName=%s\n' "$4") 2>/dev/null
  cat "$ours/$2.crt" "$ours/$2.key" >"$ours/$2.pem"
  rm "$ours/$2.csr"
}

# Opens the key ring: the same for every process of the cluster.
openssl rand -base64 32 >"$ours/master.key"

# Who is who inside the cluster; phones know nothing of it.
authority cluster-ca "SipGateway cluster CA"
certificate cluster-ca silo "/OU=silo/CN=SipGateway" "DNS:silo"
certificate cluster-ca client "/OU=client/CN=SipGateway" "DNS:client"
certificate cluster-ca database "/CN=$database" "$(name_of "$database")"
mv "$ours/database.crt" "$ours/database.key" "$theirs"
rm "$ours/database.pem"

# What phones and people see; exchange server.pem for a certificate of a public CA where there is one, and leave ca.crt out then.
authority ca "SipGateway private CA"
certificate ca server "/CN=$host" "$(name_of "$host"),DNS:localhost,DNS:admin,IP:127.0.0.1"

# A role each. PostgreSQL runs roles.sql at its first start.
random >"$theirs/superuser-password"
for role in owner silo admin edge; do
  password=$(random)
  echo "CREATE ROLE sipgateway_$role LOGIN PASSWORD '$password';" >>"$theirs/roles.sql"
  echo "Host=$database;Database=sipgateway;Username=sipgateway_$role;Password=$password;SSL Mode=VerifyFull;Root Certificate=$ours/cluster-ca.crt" \
    >"$ours/database-$role.txt"
done
echo "CREATE DATABASE sipgateway OWNER sipgateway_owner;" >>"$theirs/roles.sql"
touch "$ours/complete"
