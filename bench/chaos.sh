#!/usr/bin/env bash
# The faults of tests/Cluster at length: thousands of phones, cuts of a minute, and the tests that take too long for ./test.sh. Prints what was
# measured and appends it to bench/RESULTS.md; the exit code is 0 when everything held.
#   bench/chaos.sh [CLASS...]   all classes of faults, or those whose names contain one of these
# SIPGATEWAY_TEST_PHONES, _AWAY_SECONDS, _WIRE_SECONDS, _LIVES, _ROUNDS and _TRIALS are taken when they are set.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export SIPGATEWAY_TEST_PHONES=${SIPGATEWAY_TEST_PHONES:-5000}
export SIPGATEWAY_TEST_AWAY_SECONDS=${SIPGATEWAY_TEST_AWAY_SECONDS:-60}
export SIPGATEWAY_TEST_WIRE_SECONDS=${SIPGATEWAY_TEST_WIRE_SECONDS:-60}
export SIPGATEWAY_TEST_LIVES=${SIPGATEWAY_TEST_LIVES:-300} SIPGATEWAY_TEST_ROUNDS=${SIPGATEWAY_TEST_ROUNDS:-4} SIPGATEWAY_TEST_TRIALS=${SIPGATEWAY_TEST_TRIALS:-1000}
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
dotnet build "$root/tests/Cluster" -c Release --nologo -v quiet
filters=()
for class in "$@"; do filters+=(-class "*$class*"); done
[ $# -gt 0 ] || filters=(-namespace SipGateway.Cluster.Tests.Faults -namespace SipGateway.Cluster.Tests.Network -namespace SipGateway.Cluster.Tests.Lives)
log=$(mktemp)
failed=0
"$root/tests/Cluster/bin/Release/net10.0/SipGateway.Cluster.Tests" "${filters[@]}" -explicit on -showLiveOutput -noColor 2>&1 | tee "$log" || failed=1
machine="$(nproc) × $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"
sed -nE 's/^ *SipGateway\.Cluster\.Tests\.[A-Za-z]+\.([A-Za-z]+)\.[^[]*\[OUTPUT\] (.*)/\1|\2/p' "$log" | while IFS='|' read -r test figure; do
  echo "| $(date -u +%F) | \`bench/chaos.sh\`, $SIPGATEWAY_TEST_PHONES phones, cuts of $SIPGATEWAY_TEST_AWAY_SECONDS s | $test | $machine | $figure |"
done >>"$root/bench/RESULTS.md"
rm -f "$log"
exit "$failed"
