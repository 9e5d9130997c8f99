#!/usr/bin/env bash
# What a registration costs when silos are added: CPU per new binding, through one edge, of a cluster of one silo and of one of four with four times
# the load; all processes and PostgreSQL count, and what each cluster burns while nobody calls is taken off. Prints the ratio and appends it to
# bench/RESULTS.md. A ratio of 1 is a cluster that scales by itself; a silo more is a hop more for the calls that reach the wrong one first.
#   bench/scale.sh [PHONES] [SECONDS] [RATE]   how many phones, how long each figure is measured, new bindings a second for each silo
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/measure.sh"
phones=${1:-2000}
seconds=${2:-30}
rate=${3:-200}
need sipp:sip-tester /usr/lib/postgresql/15/bin/postgres:postgresql-15
dotnet build "$root/bench/registrar/Registrar.csproj" -c Release --nologo -v quiet >/dev/null
dotnet build "$root/src/LocalCluster/LocalCluster.csproj" -c Release --nologo -v quiet >/dev/null

# Microseconds of CPU a second.
idle() {
  local from
  from=$(cpu "${server[@]}")
  sleep "$seconds"
  echo $((($(cpu "${server[@]}") - from) * 1000000 / ticks / seconds))
}
# Just-in-time compilation is a cost of the first minutes, for every silo alike.
figure() { # silos
  local got quiet
  start_cluster 15190 "$phones" "$work/cluster-$1.csv" "$1"
  start_fleet 15190 "$work/cluster-$1.csv" "$root/bench/registrar/register.xml" $((rate * $1 / sources)) -m 100000000
  got=$(measure 3_200_Recv 120 "$seconds" "${server[@]}")
  stop_fleet
  sleep 10
  quiet=$(idle)
  stop_server
  each=$(awk -v got="$got" -v quiet="$quiet" 'BEGIN { split(got, g, " "); printf "%.1f", g[1] - quiet / g[2] }')
  echo "$1 silos: $each µs each at ${got#* } a second, and $quiet µs a second when idle (taken off)" >&2
}
figure 1
one=$each
figure 4
record "bench/scale.sh $phones $seconds $rate" "new bindings in a cluster, from 1 to 4 silos with load in proportion" \
  "1 silo $one µs, 4 silos $each µs: **$(ratio_of "$each" "$one")**"
echo "ratio: $(ratio_of "$each" "$one")"
