#!/usr/bin/env bash
# Parser, writer, digest and the whole path of a refresh by BenchmarkDotNet: time, and bytes allocated against their limits.
# Ends with 1 when one of them allocates more than it may.
#   bench/micro.sh
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
dotnet build "$root/bench/micro/Micro.csproj" -c Release --nologo -v quiet
exec "$root/bench/micro/bin/Release/net10.0/SipGateway.Micro"
