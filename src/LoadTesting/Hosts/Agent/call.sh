#!/usr/bin/env bash
# Calls loadtest-host: call.sh HOME COMMAND [ARGUMENT...]. It is sourced, which takes half the processes. A host without it has no runs.
home=$1
shift
[[ $1 != runs || -e $home/loadtest-host ]] || exit 0
# shellcheck source=src/LoadTesting/Hosts/Agent/loadtest-host
. "$home/loadtest-host" "$@"
