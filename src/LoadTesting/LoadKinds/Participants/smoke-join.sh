#!/usr/bin/env bash
# Runs lk for a moment and prints each of its lines after the second at which it came:
# smoke-join.sh HOME URL API_KEY API_SECRET TIMEOUT ARGUMENT...
set -u
ulimit -c 0 # a core file would hold the secret
home=$1 timeout=$5
export LIVEKIT_URL=$2 LIVEKIT_API_KEY=$3 LIVEKIT_API_SECRET=$4
shift 5
timeout -k 5 "$timeout" "$home/bin/lk" "$@" 2>&1 </dev/null |
    while IFS= read -r line; do printf '%s %s\n' "$EPOCHREALTIME" "$line"; done
