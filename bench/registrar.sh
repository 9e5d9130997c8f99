#!/usr/bin/env bash
# CPU per registration (digest, two round trips over UDP): Kamailio in memory, then this gateway, in one run, each on one core,
# with SIPp on the other. Prints both figures and the ratio, and appends them to bench/RESULTS.md.
#   bench/registrar.sh [REGISTRATIONS] [PHONES]
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
registrations=${1:-20000}
phones=${2:-200}
rate=${RATE:-1500}
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
# Registers from a CSV of users; the first pass warms up and is not counted.
measure() { # pid port csv -> microseconds of CPU per registration
  local pid=$1 port=$2 csv=$3 before after
  load "$port" "$csv" $((registrations / 4))
  before=$(cpu "$pid")
  load "$port" "$csv" "$registrations"
  after=$(cpu "$pid")
  awk -v t=$((after - before)) -v hz="$ticks" -v n="$registrations" 'BEGIN { printf "%.1f", t * 1000000 / hz / n }'
}
load() {
  taskset -c 1 sipp -sf "$root/bench/registrar/register.xml" -inf "$2" "127.0.0.1:$1" -i 127.0.0.1 -p 15080 \
    -m "$3" -r "$rate" -l 2000 -nostdin -timeout 180 -trace_err -error_file "$work/err.log" >"$work/sipp.log" 2>&1 || {
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
peer=$(measure "$kamailio" 15070 "$work/kamailio.csv")
kill "$kamailio" && wait "$kamailio" 2>/dev/null || true

# --- This gateway, embedded: phones claimed, enrolled by *55* and signed in, so that every refresh is a real one.
taskset -c 0 dotnet "$root/src/Gateway/bin/Release/net10.0/SipGateway.Gateway.dll" --data-dir "$work/data" --sip-port 15090 --sips-port 0 \
  --http-port 0 --https-port 0 --mtls-port 0 --admin-port 0 --grpc-port 0 >"$work/gateway.log" 2>&1 &
gateway=$!
pids+=("$gateway")
for _ in $(seq 1 300); do grep -q '^READY' "$work/gateway.log" && break; sleep 0.2; done
grep '^READY' "$work/gateway.log" >"$work/ready" || { cat "$work/gateway.log" >&2; exit 1; }
dotnet "$root/bench/registrar/bin/Release/net10.0/SipGateway.Registrar.dll" "$work/ready" "$work/data" "$phones" >"$work/gateway.csv"
ours=$(measure "$gateway" 15090 "$work/gateway.csv")

ratio=$(awk -v a="$ours" -v b="$peer" 'BEGIN { printf "%.2f", a / b }')
version=$(kamailio -v | sed -n 's/^version: kamailio \([0-9.]*\).*/\1/p')
model=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
echo "Kamailio $version in memory: $peer µs of CPU per registration"
echo "gateway, embedded:         $ours µs of CPU per registration"
echo "| $(date -u +%F) | \`bench/registrar.sh $registrations $phones\` | $(nproc) × ${model:-unknown CPU} | $peer µs | $ours µs | $ratio |" >>"$root/bench/RESULTS.md"
echo "ratio: $ratio"
