#!/usr/bin/env bash
# Fuzzes one target for some seconds: `fuzz/run.sh datagram 60`. Targets: datagram, stream, uri, digest, plain.
# What is found lies in fuzz/crashers/TARGET and is replayed by tests/Sip; the exit code is 1 when there is any.
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
target=${1:?target} seconds=${2:?seconds}
dotnet build "$root/Fuzz.csproj" -c Release --nologo -v quiet || exit 2
exec "$root/bin/Release/net10.0/SipGateway.Fuzz" "$target" "$seconds" "$root" ${3:+"$3"}
