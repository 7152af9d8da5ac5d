#!/usr/bin/env bash
# Provision until every server is ACTIVE, and Destroy until nothing is left, against the least that the same cloud needs for it: one POST with
# max_count, and deletes all at once (bare.py). Both have their turn three times; medians are compared. The cloud is one of your own, or that of
# tests/openstack (tests/install.sh openstack, then OSTACK_VIRT=ostack_virt.SshdDriver tests/openstack/start.sh).
#   bench/openstack/run.sh [RCFILE] [SERVERS]
set -euo pipefail
cd "$(dirname "$0")/../.."
rc=${1:-/var/tmp/livekit-loadtest-openstack/etc/demo-openrc} servers=${2:-10}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/.nuke"
export TERM=dumb
words=(--open-stack-rc "$rc" --fleet bench --instance-count "$servers" --floating-network none --root "$folder" --verbosity verbose)
ours_up=() ours_down=() bare_up=() bare_down=()

seconds() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", (b - a) / 1e6 }'; }
median() { printf '%s\n' "$@" | sort -n | sed -n "$((($# + 1) / 2))p"; }
calls() { grep -cE '(GET|POST|PUT|DELETE) http' "$1"; }

./build.sh Status "${words[@]}" >/dev/null # compiled, and everything in the page cache
for _ in 1 2 3; do
    # shellcheck source=/dev/null
    read -r up down < <(. "$rc" && python3 bench/openstack/bare.py bare "$servers")
    bare_up+=("$up") bare_down+=("$down")

    sleep 5 # a cloud tidies up for a while after its last answer
    began=${EPOCHREALTIME/./}
    ./build.sh Provision "${words[@]}" >"$folder/up.log" 2>&1 &
    program=$!
    # It is written when all are ACTIVE; then Provision waits for their sshd, which the bare POST does not.
    until [[ -e $folder/results/ssh_config ]]; do
        kill -0 "$program" 2>/dev/null || { cat "$folder/up.log"; exit 1; }
        sleep 0.1
    done
    ours_up+=("$(seconds "$began" "${EPOCHREALTIME/./}")")
    up_calls=$(calls "$folder/up.log")
    wait "$program" || { cat "$folder/up.log"; exit 1; }

    began=${EPOCHREALTIME/./}
    ./build.sh Destroy "${words[@]}" >"$folder/down.log" 2>&1
    ours_down+=("$(seconds "$began" "${EPOCHREALTIME/./}")")
    sleep 5
done

awk -v n="$servers" -v a="$(median "${ours_up[@]}")" -v b="$(median "${bare_up[@]}")" -v c="$(median "${ours_down[@]}")" -v d="$(median "${bare_down[@]}")" \
    -v up="$up_calls" -v down="$(calls "$folder/down.log")" 'BEGIN {
    printf "Provision of %d: %.1f s, one bare POST %.1f s: %.2f x (%d API calls, %.1f a second)\n", n, a, b, a / b, up, up / a
    printf "Destroy of %d: %.1f s, bare parallel deletes %.1f s: %.2f x (%d API calls)\n", n, c, d, c / d, down }'
