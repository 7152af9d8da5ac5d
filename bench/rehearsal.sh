#!/usr/bin/env bash
# What the whole job takes beyond the load test itself, on the embedded cloud, and the memory of everything that runs in it.
#   bench/rehearsal.sh [SERVERS] [SECONDS]
set -euo pipefail
cd "$(dirname "$0")/.."
servers=${1:-10} seconds=${2:-20}
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir "$root/.nuke" && cp .nuke/parameters*.json "$root/.nuke/"
export TERM=dumb
./build.sh Plan >/dev/null 2>&1

peak=0
began=$EPOCHREALTIME
./build.sh Report --profile rehearsal --instance-count "$servers" --test-duration "${seconds}s" --root "$root" >"$root/log" 2>&1 &
program=$!
while kill -0 "$program" 2>/dev/null; do
    # Proportional set size: pages that several processes share count once.
    mapfile -t processes < <(grep -lszE "^HOST_ROOT=$root" /proc/[0-9]*/environ)
    now=$({ cat "/proc/$program/smaps_rollup" "${processes[@]/environ/smaps_rollup}" 2>/dev/null || :; } | awk '/^Pss:/ { sum += $2 } END { printf "%d", sum / 1024 }')
    ((now > peak)) && peak=$now
    sleep 1
done
wait "$program" && code=0 || code=$?
took=$(((${EPOCHREALTIME/./} - ${began/./}) / 1000))
ramp=3600 # 19 participants at 5 a second
printf '%d servers, %d s test: exit %d, %d ms in all, %d ms beyond ramp and test, peak memory %d MB\n' \
    "$servers" "$seconds" "$code" "$took" "$((took - seconds * 1000 - ramp))" "$peak"
tail -n 14 "$root/log"
