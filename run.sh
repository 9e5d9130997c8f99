#!/usr/bin/env bash
# Builds the gateway and becomes it. All options go through: ./run.sh --help
# With --cluster first: PostgreSQL, silos, edges and an admin API on this one machine: ./run.sh --cluster --help
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

if ! command -v dotnet >/dev/null; then
  echo "run.sh: the .NET 10 SDK is not installed; get it from your system's packages or https://dot.net" >&2
  exit 1
fi

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
project=Gateway
if [ "${1:-}" = --cluster ]; then
  project=LocalCluster
  shift
fi

log=$(mktemp)
if ! dotnet build "$root/src/$project/$project.csproj" -c Release --nologo -v quiet >"$log" 2>&1; then
  cat "$log" >&2
  rm -f "$log"
  echo "run.sh: the build failed; the lines above say where" >&2
  exit 1
fi
rm -f "$log"

exec dotnet "$root/src/$project/bin/Release/net10.0/SipGateway.$project.dll" "$@"
