#!/usr/bin/env bash
# Pages of the portal that are open in a browser while phones change: what that costs the gateway in CPU and memory beside the changes
# themselves, and how late a page shows a change. The gateway runs on core 0; Chromium, with a tab for each page, and what changes phones on core 1.
# In turn a page shows all phones, a tab, a search, and another order. Appends to bench/RESULTS.md; ends with 1 when a page does not show the truth.
#   bench/portal.sh [PAGES] [CHANGES_PER_SECOND] [SECONDS] [PHONES]
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/measure.sh"
pages=${1:-50}
rate=${2:-500}
seconds=${3:-30}
phones=${4:-5000}
need chromium:chromium
for project in bench/storm/Storm bench/portal/Pages src/Gateway/Gateway; do dotnet build "$root/$project.csproj" -c Release --nologo -v quiet >/dev/null; done
start() { run_gateway 0 taskset -c 0; }

start
stop_server
dotnet "$root/bench/storm/bin/Release/net10.0/SipGateway.Storm.dll" seed "$work/data" "$phones"
start
taskset -c 1 dotnet "$root/bench/portal/bin/Release/net10.0/SipGateway.Pages.dll" "$work/ready" "$work/data" "${server[0]}" "$pages" "$rate" "$seconds" |
  tee "$work/report" || die "changes were refused, or a page does not show the truth"
of() { sed -n "s/^$1 //p" "$work/report"; }
record "bench/portal.sh $pages $rate $seconds $phones" "$pages open pages of Devices, $rate changes a second among $phones phones" \
  "of one core: $(of 'cpu of one core:'); a page $(of 'cpu a page'); memory a page $(of 'memory a page'); $(of shown | sed 's/.*delay/delay/')"
