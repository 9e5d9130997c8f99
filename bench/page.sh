#!/usr/bin/env bash
# How long a person waits for the rows of Devices in Chromium, of many phones: opened anew, a tab, a filter, a search, another order; each from the
# address to the first row, the page's scripts included. The gateway runs on core 0, Chromium on core 1. Appends to bench/RESULTS.md.
#   bench/page.sh [PHONES] [TIMES]
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/measure.sh"
phones=${1:-200000}
times=${2:-10}
need chromium:chromium
for project in bench/storm/Storm bench/portal/Pages src/Gateway/Gateway; do dotnet build "$root/$project.csproj" -c Release --nologo -v quiet >/dev/null; done
run_gateway 0 taskset -c 0
stop_server
dotnet "$root/bench/storm/bin/Release/net10.0/SipGateway.Storm.dll" seed "$work/data" "$phones"
run_gateway 0 taskset -c 0
taskset -c 1 dotnet "$root/bench/portal/bin/Release/net10.0/SipGateway.Pages.dll" "$work/ready" "$work/data" rows "$times" | tee "$work/report"
[ -s "$work/report" ] || die "no page was shown"
record "bench/page.sh $phones $times" "from the address of a list to its first row in Chromium, $phones phones, Sqlite" "$(paste -sd ';' "$work/report" | sed 's/;/; /g')"
