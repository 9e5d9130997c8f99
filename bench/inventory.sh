#!/usr/bin/env bash
# Pages of a hundred out of an inventory of many devices, one filter and an indexed order each, on SQLite and on PostgreSQL. Appends to
# bench/RESULTS.md the slowest and the middle one of all filters and orders, each with its 99th percentile.
#   bench/inventory.sh [DEVICES] [ASKS]
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/measure.sh"
devices=${1:-200000}
asks=${2:-200}
need pg_ctlcluster:postgresql-15
dotnet build "$root/tests/Storage/Storage.Tests.csproj" -c Release --nologo -v quiet >/dev/null
for engine in Sqlite Postgres; do
  SIPGATEWAY_TEST_DEVICES=$devices SIPGATEWAY_TEST_ASKS=$asks "$root/tests/Storage/bin/Release/net10.0/SipGateway.Storage.Tests" -noColor \
    -class "*.${engine}InventorySpeedTests" -showLiveOutput >"$work/log" || { cat "$work/log" >&2; die "$engine was slower than the test allows"; }
  sed -nE 's/.*(\[OUTPUT\] )(.*) by (.*): ([0-9.]+) ms, p99 ([0-9.]+) ms/\5 \4 \2 by \3/p' "$work/log" | sort -n >"$work/pages"
  [ -s "$work/pages" ] || die "no page was measured"
  row="| $(date +%F) | \`bench/inventory.sh $devices $asks\` | pages of 100, $engine | $(machine) | $(awk -v all="$(wc -l <"$work/pages")" '
    { line[NR] = $0 } END {
      split(line[all], worst, " "); split(line[int((all + 1) / 2)], middle, " ")
      printf "%d filters and orders: slowest p99 %s ms (quickest %s ms), middle p99 %s ms", all, worst[1], worst[2], middle[1] }' "$work/pages") |"
  echo "$row" | tee -a "$root/bench/RESULTS.md"
  tail -n 3 "$work/pages"
done
