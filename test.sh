#!/usr/bin/env bash
# Installs what the tests need and runs them all. `./test.sh Sip Trust` runs only the projects named so.
# Ends with the line `N passed, N failed, N skipped`; exit code 0 only when something passed and nothing failed.
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$root"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

# --- 1. Real peers, by their Debian names (program:package).
peers=(sipp:sip-tester baresip:baresip-core linphonec:linphone-cli svwar:sipvicious openssl:openssl chromium:chromium curl:curl pg_ctlcluster:postgresql-15
  ip:iproute2 iptables:iptables faketime:faketime)
missing=()
for peer in "${peers[@]}"; do
  command -v "${peer%%:*}" >/dev/null || missing+=("${peer##*:}")
done
if [ ${#missing[@]} -gt 0 ]; then
  echo "test.sh: installing ${missing[*]}"
  as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  if ! { "${as_root[@]}" apt-get update -qq && DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq "${missing[@]}"; } >/tmp/sipgateway-install.log 2>&1; then
    tail -n 20 /tmp/sipgateway-install.log >&2
    echo "test.sh: could not install ${missing[*]}; install them and run again" >&2
    echo "0 passed, 1 failed, 0 skipped"
    exit 1
  fi
fi

# --- 2. One build for all. One compiler for all projects takes half the time of one for each.
export UseSharedCompilation=true
trap 'dotnet build-server shutdown --vbcscompiler >/dev/null 2>&1' EXIT
if ! dotnet build SipGateway.Orleans.sln -c Release --nologo -v quiet; then
  echo "test.sh: the build failed" >&2
  echo "0 passed, 1 failed, 0 skipped"
  exit 1
fi

# --- 3. Every test project, one after the other: on two cores, side by side only makes them time out.
# Memory is never writable and executable at one time, which costs an eighth of a start; there are some 150 starts, and nobody to guard them against.
export DOTNET_EnableWriteXorExecute=0
failures() { # what failed and why: a test with processes says much more than that
  if grep -q '\[FAIL\]' "$1"; then awk '/\[FAIL\]/ { left = 16 } left-- > 0' "$1"; else tail -n 60 "$1"; fi | cut -c 1-400 | head -n 200
}
passed=0 failed=0 skipped=0
for folder in tests/*/; do
  name=$(basename "$folder")
  if [ $# -gt 0 ] && [[ " $* " != *" $name "* ]]; then continue; fi
  [ -f "$folder$name.Tests.csproj" ] || continue
  echo "== $name"
  log=$(mktemp)
  timeout 1500 "$folder/bin/Release/net10.0/SipGateway.$name.Tests" -noColor >"$log" 2>&1
  code=$?
  summary=$(grep -E 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+' "$log" | tail -n 1)
  if [ -z "$summary" ]; then
    tail -n 40 "$log"
    echo "test.sh: $name did not finish (exit code $code)"
    failed=$((failed + 1))
  else
    count() { sed -E "s/.*$1: ([0-9]+).*/\1/" <<<"$summary"; }
    bad=$(($(count Failed) + $(count Errors)))
    passed=$((passed + $(count Total) - $(count Failed) - $(count Skipped)))
    failed=$((failed + bad))
    skipped=$((skipped + $(count Skipped)))
    if [ "$bad" -gt 0 ] || [ "$code" -ne 0 ]; then failures "$log"; fi
    if [ "$bad" -eq 0 ] && [ "$code" -ne 0 ]; then failed=$((failed + 1)); fi
    echo "   ${summary#"${summary%%[![:space:]]*}"}"
  fi
  rm -f "$log"
done

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
