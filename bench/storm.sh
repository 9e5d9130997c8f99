#!/usr/bin/env bash
# Enrolled phones that all register at once, after a power cut say: how long until all are, what they were answered, how their expiries
# spread, and what a registered phone costs in memory, with its grain active and idle. Appends to bench/RESULTS.md.
#   bench/storm.sh [PHONES] [PER_SECOND] [IDLE_SECONDS]     PER_SECOND 0: all at once; IDLE_SECONDS above 600 lets grains be collected
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/measure.sh"
phones=${1:-20000}
rate=${2:-0}
idle=${3:-5}
dotnet build "$root/bench/storm/Storm.csproj" -c Release --nologo -v quiet >/dev/null
dotnet build "$root/src/Gateway/Gateway.csproj" -c Release --nologo -v quiet >/dev/null
storm=(dotnet "$root/bench/storm/bin/Release/net10.0/SipGateway.Storm.dll")
start() { run_gateway 0; }
resident_kb() { awk '/^VmRSS/ { print $2 }' "/proc/${server[0]}/status"; }

start
stop_server
"${storm[@]}" seed "$work/data" "$phones"
start
sleep 10
empty=$(resident_kb) cpu_from=$(cpu "${server[@]}")
"${storm[@]}" run "$work/ready" "$work/data" "$phones" "$rate" | tee "$work/report" || die "phones were lost, or answered what they must not be"
sleep 5
full=$(resident_kb) cpu_to=$(cpu "${server[@]}")
sleep "$idle"
quiet=$(resident_kb)
per_phone() { awk -v a="$1" -v b="$empty" -v n="$phones" 'BEGIN { printf "%.1f", (a - b) / n }'; }
echo "memory a phone: $(per_phone "$full") KB after, $(per_phone "$quiet") KB another $idle s later (resident $empty, $full, $quiet KB)"
echo "CPU a phone: $(awk -v t=$((cpu_to - cpu_from)) -v hz="$ticks" -v n="$phones" 'BEGIN { printf "%.0f", t * 1000000 / hz / n }') µs"
took=$(sed -n 's/^registered .* in //p' "$work/report")
record "bench/storm.sh $phones $rate $idle" "$phones phones, $([ "$rate" = 0 ] && echo all at once || echo "$rate a second")" "all registered in $took; $(grep '^answers' "$work/report"); $(grep '^granted' "$work/report"); memory a phone $(per_phone "$full") KB, $idle s later $(per_phone "$quiet") KB"
