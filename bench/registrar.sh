#!/usr/bin/env bash
# CPU per digest registration (401 and 200; UDP, and TLS) of this gateway, embedded, beside Kamailio with its bindings in memory and Kamailio that
# writes them through to PostgreSQL; all in one run, each server on one core, SIPp on the other. Prints the ratios, the refreshes' last, and
# appends them to bench/RESULTS.md.
# Then the same as a cluster, whose processes all count.
#   bench/registrar.sh [PHONES] [SECONDS] [PART...]   how many phones refresh once a second, and how long each figure is measured;
#                                                     of kamailio, gateway, cluster: only these
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/measure.sh"
phones=${1:-2000}
seconds=${2:-20}
parts=" ${*:3} "
wants() { [ "$parts" = "  " ] || [[ "$parts" == *" $1 "* ]]; }
need sipp:sip-tester kamailio:kamailio /usr/lib/postgresql/15/bin/postgres:postgresql-15 /usr/share/kamailio/postgres:kamailio-postgres-modules \
  /usr/lib/x86_64-linux-gnu/kamailio/modules/tls.so:kamailio-tls-modules openssl:openssl
dotnet build "$root/bench/registrar/Registrar.csproj" -c Release --nologo -v quiet >/dev/null
dotnet build "$root/bench/tls/Tls.csproj" -c Release --nologo -v quiet >/dev/null
dotnet build "$root/src/Gateway/Gateway.csproj" -c Release --nologo -v quiet >/dev/null
dotnet build "$root/src/LocalCluster/LocalCluster.csproj" -c Release --nologo -v quiet >/dev/null
sed 's/PAUSE_MS/1000/' "$root/bench/registrar/refresh.xml" >"$work/refresh.xml"
figures=()
# Of each source. Kamailio with PostgreSQL keeps up with somewhat more on one core.
bindings_rate=${BINDINGS_RATE:-300}

# A new Call-ID each time is a binding that moved; the gateway has it on disk before it answers, as PostgreSQL has.
figure() { # name kind rate-of-each-source warm-up-s port csv
  local scenario="$root/bench/registrar/$2.xml" column=3_200_Recv calls=100000000 got
  [ "$2" = refresh ] && scenario="$work/refresh.xml" calls=$((phones / sources))
  [ "$2" = challenge ] && column=1_401_Recv
  start_fleet "$5" "$6" "$scenario" "$3" -m "$calls"
  got=$(measure "$column" "$4" "$seconds" "${server[@]}")
  stop_fleet
  figures+=("$1 $2 $got")
  echo "$1: $2: ${got% *} µs each, at ${got#* } a second" >&2
  sleep 2
}

# Refreshes over TLS, a connection for each phone.
tls_figure() { # name port warm-up-s csv
  local got
  rm -rf "$work/fleet"
  mkdir -p "$work/fleet/1"
  taskset -c 1 dotnet "$root/bench/tls/bin/Release/net10.0/SipGateway.Tls.dll" "127.0.0.1:$2" "$4" "$work/fleet/1/tls_counts.csv" \
    2>"$work/fleet/1/errors.log" &
  fleet=("$!")
  pids+=("$!")
  got=$(measure 3_200_Recv "$3" "$seconds" "${server[@]}")
  stop_fleet
  figures+=("$1 tls $got")
  echo "$1: refreshes over TLS: ${got% *} µs each, at ${got#* } a second" >&2
}

if wants kamailio; then
  kamailio_phones "$phones" >"$work/kamailio.csv"
  for mode in memory postgres; do
    start_kamailio $((15070 + ${#figures[@]})) "$mode"
    port=$((15070 + ${#figures[@]}))
    figure "kamailio-$mode" register "$bindings_rate" 15 "$port" "$work/kamailio.csv"
    if [ "$mode" = memory ]; then
      figure "kamailio-$mode" challenge 500 5 "$port" "$work/kamailio.csv"
      figure "kamailio-$mode" refresh 50 $((phones / sources / 50 + 5)) "$port" "$work/kamailio.csv"
    fi
    stop_server
  done
  start_kamailio 15068 tls
  tls_figure kamailio-tls 15068 20 "$work/kamailio.csv"
  stop_server
fi

if wants gateway; then
  start_gateway 15090 "$phones" "$work/gateway.csv"
  figure gateway register "$bindings_rate" 90 15090 "$work/gateway.csv"
  figure gateway challenge 500 30 15090 "$work/gateway.csv"
  figure gateway refresh 50 $((phones / sources / 50 + 40)) 15090 "$work/gateway.csv"
  tls_figure gateway "$(sed 's/.* sips=[^ ]*:\([0-9]*\).*/\1/' "$work/ready")" 40 "$work/gateway.csv"

  stop_server
fi

if wants cluster; then
  start_cluster 15190 "$phones" "$work/cluster.csv"
  figure cluster register "$bindings_rate" 90 15190 "$work/cluster.csv"
  figure cluster refresh 50 $((phones / sources / 50 + 40)) 15190 "$work/cluster.csv"
  stop_server
fi

of() { printf '%s\n' "${figures[@]}" | awk -v s="$1" -v k="$2" '$1 == s && $2 == k { print $3 }'; }
row() { # what peer kind [gateway|cluster]
  local theirs ours ratio
  theirs=$(of "$2" "$3") ours=$(of "${4:-gateway}" "$3")
  if [ -z "$theirs" ] || [ -z "$ours" ]; then return; fi
  ratio=$(ratio_of "$ours" "$theirs")
  record "bench/registrar.sh $phones $seconds${parts:+$(sed 's/ *$//' <<<"$parts")}" "$1" "$theirs µs, ${4:-gateway} $ours µs: **$ratio**"
  echo "$1: $theirs µs, ${4:-gateway} $ours µs, ratio $ratio"
}
row "401 alone, Kamailio" kamailio-memory challenge
row "new bindings, Kamailio in memory (durable here only)" kamailio-memory register
row "new bindings, Kamailio with PostgreSQL write-through" kamailio-postgres register
row "refreshes over TLS, Kamailio in memory" kamailio-tls tls
row "new bindings in a cluster (edge, silo, PostgreSQL), Kamailio with PostgreSQL write-through" kamailio-postgres register cluster
row "refreshes in a cluster (edge, silo, PostgreSQL), Kamailio in memory" kamailio-memory refresh cluster
row "refreshes, Kamailio in memory" kamailio-memory refresh
if wants gateway && wants kamailio; then echo "ratio: $(ratio_of "$(of gateway refresh)" "$(of kamailio-memory refresh)")"; fi
