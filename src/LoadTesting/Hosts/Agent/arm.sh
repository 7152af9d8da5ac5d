#!/usr/bin/env bash
# Writes the files of a run and starts its launcher, whose answer comes last:
# arm.sh HOME RUN URL API_KEY API_SECRET STOP KILL [PROCESS OFFSET ARGUMENTS]...
#
#   STOP KILL  seconds after the start until lk receives SIGINT, and until it is killed
#   OFFSET     seconds after the start at which the process starts
#   ARGUMENTS  of lk, a line each
set -eu
umask 077
home=$1 id=$2 run=$1/runs/$2
mkdir -p "$run/logs" "$run/metrics"
cp "$home/facts.json" "$run/" 2>/dev/null || :
printf 'LIVEKIT_URL=%s\nLIVEKIT_API_KEY=%s\nLIVEKIT_API_SECRET=%s\n' "$3" "$4" "$5" >"$run/credentials"
printf '%s %s\n' "$6" "$7" >"$run/deadline"
shift 7
while (($#)); do
    printf '%s\n' "$2" >"$run/$1.offset"
    printf '%s\n' "$3" >"$run/$1.args"
    shift 3
done
set +e
# shellcheck source=src/LoadTesting/Hosts/Agent/loadtest-host
. "$home/loadtest-host" arm "$id"
