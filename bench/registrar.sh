#!/usr/bin/env bash
# CPU per registration (digest, two round trips over UDP): Kamailio in memory, then this gateway, in one run, each on one core,
# with SIPp on the other. Prints the figures and their ratios, the refreshes' last, and appends them to bench/RESULTS.md.
#   bench/registrar.sh [LOOPS] [PHONES]      LOOPS refreshes of each phone are counted
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
loops=${1:-100}
phones=${2:-200}
pause_ms=${PAUSE_MS:-100}
work=$(mktemp -d)
pids=()
cleanup() { for p in "${pids[@]}"; do kill -9 "$p" 2>/dev/null || true; done; rm -rf "$work"; }
trap cleanup EXIT

for program in sipp:sip-tester kamailio:kamailio; do
  command -v "${program%%:*}" >/dev/null && continue
  echo "registrar.sh: installing ${program##*:}"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${program##*:}" >/dev/null
done
dotnet build "$root/bench/registrar/Registrar.csproj" -c Release --nologo -v quiet
dotnet build "$root/src/Gateway/Gateway.csproj" -c Release --nologo -v quiet

ticks=$(getconf CLK_TCK)
# CPU ticks of a process and all its children, user and system.
cpu() {
  local total=0 p
  for p in "$1" $(pgrep -P "$1" || true); do
    [ -r "/proc/$p/stat" ] && total=$((total + $(cut -d' ' -f14 "/proc/$p/stat") + $(cut -d' ' -f15 "/proc/$p/stat")))
  done
  echo "$total"
}
# Every phone refreshes under one Call-ID; the first rounds warm up and are not counted.
refreshes() { # pid port csv -> microseconds of CPU per registration
  rounds "$1" "$2" "$3" 20 >/dev/null
  rounds "$1" "$2" "$3" "$loops"
}
rounds() { # pid port csv loops
  local before after
  sed "s/LOOPS/$4/; s/PAUSE_MS/$pause_ms/" "$root/bench/registrar/refresh.xml" >"$work/refresh.xml"
  before=$(cpu "$1")
  sipp_run "$2" "$3" "$work/refresh.xml" "$phones"
  sleep 2 # what is written in batches a moment later counts too
  after=$(cpu "$1")
  per "$((after - before))" $((phones * $4))
}
# Every registration has a new Call-ID: a binding that moved, which must be durable before the answer.
bindings() { # pid port csv
  local before after n=$((phones * 10))
  before=$(cpu "$1")
  sipp_run "$2" "$3" "$root/bench/registrar/register.xml" "$n"
  after=$(cpu "$1")
  per "$((after - before))" "$n"
}
per() { awk -v t="$1" -v hz="$ticks" -v n="$2" 'BEGIN { printf "%.1f", t * 1000000 / hz / n }'; }
sipp_run() { # port csv scenario calls
  taskset -c 1 sipp -sf "$3" -inf "$2" "127.0.0.1:$1" -i 127.0.0.1 -p 15080 \
    -m "$4" -r 1000 -l 2000 -nostdin -timeout 300 -trace_err -error_file "$work/err.log" >"$work/sipp.log" 2>&1 || {
    tail -n 30 "$work/sipp.log" "$work/err.log" >&2
    echo "registrar.sh: SIPp saw an answer it did not expect" >&2
    exit 1
  }
}

# --- Kamailio 5.6, bindings in memory.
sed 's/KAMAILIO_PORT/15070/' "$root/bench/registrar/kamailio.cfg" >"$work/kamailio.cfg"
taskset -c 0 kamailio -f "$work/kamailio.cfg" -DD -E -w "$work" -Y "$work" >"$work/kamailio.log" 2>&1 &
kamailio=$!
pids+=("$kamailio")
sleep 2
{ echo SEQUENTIAL; for i in $(seq 1 "$phones"); do echo "user$i;[authentication username=user$i password=secret-of-the-bench];bench"; done; } >"$work/kamailio.csv"
peer=$(refreshes "$kamailio" 15070 "$work/kamailio.csv")
peer_new=$(bindings "$kamailio" 15070 "$work/kamailio.csv")
kill "$kamailio" && wait "$kamailio" 2>/dev/null || true

# --- This gateway, embedded: phones claimed, enrolled by *55* and signed in, so that every refresh is a real one.
taskset -c 0 dotnet "$root/src/Gateway/bin/Release/net10.0/SipGateway.Gateway.dll" --data-dir "$work/data" --sip-port 15090 --sips-port 0 \
  --http-port 0 --https-port 0 --mtls-port 0 --admin-port 0 --grpc-port 0 >"$work/gateway.log" 2>&1 &
gateway=$!
pids+=("$gateway")
for _ in $(seq 1 300); do grep -q '^READY' "$work/gateway.log" && break; sleep 0.2; done
grep '^READY' "$work/gateway.log" >"$work/ready" || { cat "$work/gateway.log" >&2; exit 1; }
dotnet "$root/bench/registrar/bin/Release/net10.0/SipGateway.Registrar.dll" "$work/ready" "$work/data" "$phones" >"$work/gateway.csv"
ours=$(refreshes "$gateway" 15090 "$work/gateway.csv")
ours_new=$(bindings "$gateway" 15090 "$work/gateway.csv")

ratio_of() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }
ratio=$(ratio_of "$ours" "$peer")
ratio_new=$(ratio_of "$ours_new" "$peer_new")
version=$(kamailio -v | sed -n 's/^version: kamailio \([0-9.]*\).*/\1/p')
model=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
row() { echo "| $(date -u +%F) | \`bench/registrar.sh $loops $phones\`, $1 | $(nproc) × ${model:-unknown CPU} | $2 µs | $3 µs | $4 |" >>"$root/bench/RESULTS.md"; }
row "new bindings, durable here, in memory there" "$peer_new" "$ours_new" "$ratio_new"
row "refreshes" "$peer" "$ours" "$ratio"
echo "CPU per registration          Kamailio $version in memory    gateway, embedded    ratio"
echo "new bindings (durable here)   $peer_new µs    $ours_new µs    $ratio_new"
echo "refreshes                     $peer µs    $ours µs    $ratio"
echo "ratio: $ratio"
