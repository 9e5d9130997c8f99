#!/usr/bin/env bash
# The faults of tests/Cluster at length: thousands of phones, cuts of a minute, and the tests that take too long for ./test.sh. Prints what was
# measured; the exit code is 0 when everything held.
#   bench/chaos.sh [CLASS...]   all classes of faults, or those whose names contain one of these
# SIPGATEWAY_TEST_PHONES, SIPGATEWAY_TEST_AWAY_SECONDS and SIPGATEWAY_TEST_WIRE_SECONDS are taken when they are set.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export SIPGATEWAY_TEST_PHONES=${SIPGATEWAY_TEST_PHONES:-5000}
export SIPGATEWAY_TEST_AWAY_SECONDS=${SIPGATEWAY_TEST_AWAY_SECONDS:-60}
export SIPGATEWAY_TEST_WIRE_SECONDS=${SIPGATEWAY_TEST_WIRE_SECONDS:-60}
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
dotnet build "$root/tests/Cluster" -c Release --nologo -v quiet
filters=()
for class in "$@"; do filters+=(-class "*$class*"); done
[ $# -gt 0 ] || filters=(-namespace SipGateway.Cluster.Tests.Faults -namespace SipGateway.Cluster.Tests.Network)
exec "$root/tests/Cluster/bin/Release/net10.0/SipGateway.Cluster.Tests" "${filters[@]}" -explicit on -showLiveOutput -noColor
