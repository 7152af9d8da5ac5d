#!/usr/bin/env bash
# startup.sh [RUNS] [PROGRAM]: from typing ./build.sh Plan to the first line of the target, warm; against `dotnet --version`, which NUKE's own script runs first.
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-7}
program=${2:-./build.sh} # or the loadtest of an unpacked archive
export TERM=dumb
"$program" Plan >/dev/null 2>&1

seconds_until() { # PATTERN COMMAND...
    local pattern=$1 began=$EPOCHREALTIME line
    shift
    while IFS= read -r line; do [[ $line == *"$pattern"* ]] && { printf '%s\n' "$(((${EPOCHREALTIME/./} - ${began/./}) / 1000))"; cat >/dev/null; return; }; done < <("$@" 2>/dev/null)
}
median() { sort -n | sed -n "$(((runs + 1) / 2))p"; }

ours=$(for ((i = 0; i < runs; i++)); do seconds_until '║ Plan' "$program" Plan; done | median)
peer=$(for ((i = 0; i < runs; i++)); do seconds_until . dotnet --version; done | median)
printf 'to the first line of Plan: %d ms; dotnet --version: %d ms; ratio %s\n' "$ours" "$peer" "$(awk -v a="$ours" -v b="$peer" 'BEGIN { printf "%.1f", a / b }')"
