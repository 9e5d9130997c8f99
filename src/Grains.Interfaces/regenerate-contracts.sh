#!/bin/sh
# Writes OrleansContracts.txt anew from the source. A build fails while the two differ (ORLEANS0016 to 0027): run this,
# read the diff, and ask of each changed line whether a silo of the release before still understands it.
set -eu
cd "$(dirname "$0")"
: > OrleansContracts.txt # The analyzer repairs a file that is there; a missing one it only mentions.
dotnet format analyzers Grains.Interfaces.csproj --severity info \
  --diagnostics ORLEANS0016 ORLEANS0017 ORLEANS0018 ORLEANS0019 ORLEANS0020 ORLEANS0021
# The header names the folder of this machine.
sed -i '/^# dotnet format /d; /^# Run the command once/d; /^# To regenerate/c# To regenerate: src/Grains.Interfaces/regenerate-contracts.sh' OrleansContracts.txt
sed -i 's|^# Verify with: .*|# Verify with: dotnet build src/Grains.Interfaces|' OrleansContracts.txt
