#!/usr/bin/env bash
# CPU per fetch of a phone's own file over TLS: this gateway, which verifies the token, asks the phone's grain, renders and hashes, beside nginx with
# a file of the same size for everybody; the same client, connections that stay open, one run. Appends to bench/RESULTS.md.
#   bench/provisioning.sh [PER_SECOND] [SECONDS]
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/measure.sh"
rate=${1:-1000}
seconds=${2:-20}
# Each asks less often than one phone, and one address, may.
phones=$((rate / 5))
need nginx:nginx-light openssl:openssl
dotnet build "$root/bench/storm/Storm.csproj" -c Release --nologo -v quiet >/dev/null
dotnet build "$root/src/Gateway/Gateway.csproj" -c Release --nologo -v quiet >/dev/null
storm=(taskset -c 1 dotnet "$root/bench/storm/bin/Release/net10.0/SipGateway.Storm.dll")
start() { run_gateway 0 taskset -c 0; }
fetch() { # address seconds
  "${storm[@]}" fetch "$1" "$work/paths" "$rate" "$2" || die "not every answer was a file"
}
# Microseconds of CPU for each file, and its size.
figure() { # address warm-up-s
  fetch "$1" "$2" >/dev/null
  local from to got
  from=$(cpu "${server[@]}")
  got=$(fetch "$1" "$seconds")
  to=$(cpu "${server[@]}")
  awk -v used=$((to - from)) -v hz="$ticks" -v got="$got" 'BEGIN { split(got, g, " "); printf "%.1f %.0f\n", used * 1000000 / hz / g[1], g[2] / g[1] }'
}

start
stop_server
"${storm[@]}" seed "$work/data" "$phones"
start
"${storm[@]}" paths "$work/data" "$phones" >"$work/paths"
# A cold .NET server compiles for a minute and a half on one core, the sign-in directory among it.
ours=$(figure "$(sed 's/.* https=\([^ ]*\).*/\1/' "$work/ready")" 120)
stop_server

# nginx gives the same bytes to whoever asks, under every path.
mkdir -p "$work/www"
head -c "${ours#* }" /dev/zero | tr '\0' 'x' >"$work/www/file.cfg"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=127.0.0.1 -keyout "$work/tls.key" -out "$work/tls.crt" 2>/dev/null
cat >"$work/nginx.conf" <<CONF
daemon off; worker_processes 1; pid $work/nginx.pid; error_log $work/nginx.log; user root;
events { worker_connections 4096; }
http {
  access_log off; keepalive_requests 1000000; sendfile on; open_file_cache max=100;
  server {
    listen 127.0.0.1:15443 ssl; ssl_certificate $work/tls.crt; ssl_certificate_key $work/tls.key; root $work/www;
    location / { default_type text/plain; try_files /file.cfg =404; }
  }
}
CONF
taskset -c 0 nginx -c "$work/nginx.conf" &
server=("$!")
pids+=("$!")
sleep 1
theirs=$(figure 127.0.0.1:15443 10)
stop_server
ratio=$(ratio_of "${ours% *}" "${theirs% *}")
record "bench/provisioning.sh $rate $seconds" "a phone's own file of ${ours#* } bytes over TLS, nginx with a static one" "${theirs% *} µs, gateway ${ours% *} µs: **$ratio**"
echo "ratio: $ratio (nginx ${theirs% *} µs, gateway ${ours% *} µs, ${ours#* } bytes)"
