# Sourced by the benches: installs peers, drives SIPp from four addresses, measures a server's CPU while it works.
# The server runs on core 0 and SIPp on core 1. Sets: root, work (removed at the end), pids (killed at the end).
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
chmod 755 "$work"
pids=()
cleanup() { for p in "${pids[@]}"; do pkill -9 -P "$p" || true; kill -9 "$p" 2>/dev/null || true; done; rm -rf "$work"; }
trap cleanup EXIT
die() { echo "$(basename "$0"): $*" >&2; exit 1; }

need() { # program:package...
  local peer missing=()
  for peer in "$@"; do command -v "${peer%%:*}" >/dev/null || [ -e "${peer%%:*}" ] || missing+=("${peer##*:}"); done
  [ ${#missing[@]} -eq 0 ] && return
  echo "$(basename "$0"): installing ${missing[*]}" >&2
  apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null 2>&1 || die "could not install ${missing[*]}"
}

ticks=$(getconf CLK_TCK)
# CPU ticks, user and system, of processes and all below them, those that ended among them.
cpu() {
  local total=0 p queue=("$@")
  while [ ${#queue[@]} -gt 0 ]; do
    p=${queue[0]} queue=("${queue[@]:1}")
    [ -r "/proc/$p/stat" ] || continue
    total=$((total + $(sed 's/.*) //' "/proc/$p/stat" | awk '{ print $12 + $13 + $14 + $15 }')))
    mapfile -t -O "${#queue[@]}" queue < <(pgrep -P "$p" || true)
  done
  echo "$total"
}

# Starts SIPp with a scenario from 127.0.0.2 to 127.0.0.5, each with a quarter of the lines of an injection file.
sources=4
fleet=()
start_fleet() { # port csv scenario rate-of-each [sipp options]
  local port=$1 csv=$2 scenario=$3 rate=$4 each i
  shift 4
  each=$(($(wc -l <"$csv") / sources))
  rm -rf "$work/fleet"
  fleet=()
  for i in $(seq 1 $sources); do
    mkdir -p "$work/fleet/$i"
    { echo SEQUENTIAL; tail -n +2 "$csv" | sed -n "$(((i - 1) * each + 1)),$((i * each))p"; } >"$work/fleet/$i/phones.csv"
    (cd "$work/fleet/$i" && exec taskset -c 1 sipp -sf "$scenario" -inf phones.csv "127.0.0.1:$port" -i "127.0.0.$((i + 1))" -p 15080 -r "$rate" \
      -l 5000 -nostdin -trace_counts -fd 1 -trace_err -error_file errors.log "$@" >screen.log 2>&1) &
    fleet+=("$!")
    pids+=("$!")
  done
}
stop_fleet() {
  kill "${fleet[@]}" 2>/dev/null || true
  wait "${fleet[@]}" 2>/dev/null || true
}
# Answers of one kind so far, over all sources, and when (seconds since 1970, the mean of their last rows).
answers() { # column, such as 3_200_Recv
  local file
  for file in "$work"/fleet/*/*_counts.csv; do
    { head -n 1 "$file"; tail -n 2 "$file" | head -n 1; } | awk -F'[;\t]' -v want="$1" '
      NR == 1 { for (i = 1; i <= NF; i++) if ($i == want) at = i + 2 } NR == 2 { print $3, $at }'
  done | awk '{ t += $1; n += $2 } END { printf "%.6f %d\n", t / NR, n }'
}
# What SIPp did not expect, so far, one line each. While a cold server stalls, a phone's next call may overtake its last: that is not counted.
surprises() { cat "$work"/fleet/*/errors.log 2>/dev/null | grep -E 'unexpected message|Timeout' || true; }
# Microseconds of CPU for each answer while a fleet runs. What SIPp did not expect while it was measured ends the bench.
measure() { # column warm-up-s window-s pid...
  local column=$1 warm=$2 window=$3 from to cpu_from cpu_to
  shift 3
  sleep "$warm"
  surprises >"$work/before"
  from=$(answers "$column") cpu_from=$(cpu "$@")
  local began=$EPOCHREALTIME
  sleep "$window"
  to=$(answers "$column") cpu_to=$(cpu "$@")
  local ended=$EPOCHREALTIME
  surprises >"$work/after"
  [ "$(wc -l <"$work/before")" = "$(wc -l <"$work/after")" ] || { tail -n 5 "$work/after" >&2; die "SIPp saw what it did not expect"; }
  awk -v from="$from" -v to="$to" -v cpu="$((cpu_to - cpu_from))" -v hz="$ticks" -v seconds="$(echo "$ended $began" | awk '{ print $1 - $2 }')" 'BEGIN {
    split(from, f, " "); split(to, t, " "); rate = (t[2] - f[2]) / (t[1] - f[1])
    if (rate <= 0) exit 1
    printf "%.1f %.0f\n", cpu * 1000000 / hz / seconds / rate, rate }' || die "nothing was answered"
}

ratio_of() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }
machine() { echo "$(nproc) × $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"; }

record() { # command what result
  echo "| $(date -u +%F) | \`$1\` | $2 | $(machine) | $3 |" >>"$root/bench/RESULTS.md"
}

# --- The peers. Each sets `server` to the processes that count.
start_kamailio() { # port memory|postgres|tls
  local port=$1 mode=0 url="" name="kamailio-$2" defines=()
  if [ "$2" = postgres ]; then
    mode=1 url="postgres://kamailio@127.0.0.1:$((port + 1))/kamailio"
    start_postgres $((port + 1))
  fi
  mkdir -p "$work/$name"
  if [ "$2" = tls ]; then
    defines=(-A TLS)
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 \
      -keyout "$work/$name/tls.key" -out "$work/$name/tls.crt" 2>/dev/null
  fi
  sed "s|KAMAILIO_PORT|$port|; s|WORK|$work/$name|; s|DB_MODE|$mode|; s|DB_URL|$url|" "$root/bench/registrar/kamailio.cfg" >"$work/$name/kamailio.cfg"
  [ "$2" = postgres ] || sed -i '/^loadmodule "db_postgres.so"/d' "$work/$name/kamailio.cfg"
  taskset -c 0 kamailio -f "$work/$name/kamailio.cfg" "${defines[@]}" -DD -E -w "$work/$name" -Y "$work/$name" >"$work/$name/log" 2>&1 &
  server=("$!")
  pids+=("$!")
  [ "$2" = postgres ] && server+=("$postgres")
  sleep 2
  kill -0 "${server[0]}" 2>/dev/null || { tail -n 20 "$work/$name/log" >&2; die "Kamailio did not start"; }
}
start_postgres() { # port
  local bin=/usr/lib/postgresql/15/bin
  mkdir -p "$work/postgres"
  chown postgres "$work/postgres"
  su postgres -s /bin/sh -c "$bin/initdb -D $work/postgres/data -A trust >/dev/null"
  su postgres -s /bin/sh -c "exec taskset -c 0 $bin/postgres -D $work/postgres/data -p $1 -k $work/postgres -h 127.0.0.1" >"$work/postgres/log" 2>&1 &
  pids+=("$!")
  for _ in $(seq 1 50); do su postgres -s /bin/sh -c "$bin/pg_isready -q -h 127.0.0.1 -p $1" && break; sleep 0.2; done
  postgres=$(head -n 1 "$work/postgres/data/postmaster.pid")
  pids+=("$postgres")
  { echo "CREATE ROLE kamailio LOGIN; CREATE DATABASE kamailio OWNER kamailio"; } | su postgres -s /bin/sh -c "psql -q -h 127.0.0.1 -p $1" >/dev/null
  cat /usr/share/kamailio/postgres/standard-create.sql /usr/share/kamailio/postgres/usrloc-create.sql |
    su postgres -s /bin/sh -c "psql -q -h 127.0.0.1 -p $1 -U kamailio kamailio" >/dev/null
}
stop_server() {
  kill "${server[@]}" 2>/dev/null || true
  wait "${server[@]}" 2>/dev/null || true
}
kamailio_phones() { # count
  echo SEQUENTIAL
  for i in $(seq 1 "$1"); do echo "user$i;[authentication username=user$i password=secret-of-the-bench];bench"; done
}
# This gateway as a cluster: PostgreSQL, a silo, an edge and an admin API as processes; all of them count.
start_cluster() { # port phones csv [silos]
  taskset -c 0 dotnet "$root/src/LocalCluster/bin/Release/net10.0/SipGateway.LocalCluster.dll" --data-dir "$work/cluster-${4:-1}" --silos "${4:-1}" --edges 1 \
    --postgres-port 0 --sip-port "$1" --sips-port 0 --http-port 0 --https-port 0 --mtls-port 0 --admin-port 0 --grpc-port 0 >"$work/cluster.out" 2>"$work/cluster.log" &
  server=("$!")
  pids+=("$!")
  for _ in $(seq 1 600); do grep -q '^READY' "$work/cluster.out" && break; sleep 0.2; done
  grep '^READY' "$work/cluster.out" >"$work/ready" || { cat "$work/cluster.log" >&2; die "the cluster did not start"; }
  dotnet "$root/bench/registrar/bin/Release/net10.0/SipGateway.Registrar.dll" "$work/ready" "$work/cluster-${4:-1}" "$2" >"$3"
}
# This gateway, embedded; its READY line is in "$work/ready".
run_gateway() { # sip-port [what runs it, such as taskset -c 0]
  local port=$1
  shift
  : >"$work/gateway.log" # without the line of the start before
  "$@" dotnet "$root/src/Gateway/bin/Release/net10.0/SipGateway.Gateway.dll" --data-dir "$work/data" --sip-port "$port" --sips-port 0 \
    --http-port 0 --https-port 0 --mtls-port 0 --admin-port 0 --grpc-port 0 >"$work/gateway.log" 2>&1 &
  server=("$!")
  pids+=("$!")
  for _ in $(seq 1 300); do grep -q '^READY' "$work/gateway.log" && break; sleep 0.2; done
  grep '^READY' "$work/gateway.log" >"$work/ready" || { cat "$work/gateway.log" >&2; die "the gateway did not start"; }
}

# This gateway, embedded, with phones that are claimed, enrolled by *55* and signed in, so that every registration is a real one.
start_gateway() { # port phones csv
  run_gateway "$1" taskset -c 0
  dotnet "$root/bench/registrar/bin/Release/net10.0/SipGateway.Registrar.dll" "$work/ready" "$work/data" "$2" >"$3"
}
